"""“Hear it”: a text in the interviewer's voice, played where the button stands."""

import reflex as rx

from interview_platform.components.controls import button, icon_button
from interview_platform.components.feedback import notice
from interview_platform.states.recruiter_voice import VoiceState


def hear_button(mark: str | rx.Var, text: rx.Var, kind: str = "small", label: str = "Hear it") -> rx.Component:
    """Says `text`; `mark` tells this place from others."""
    mine = VoiceState.mark == mark
    return rx.el.button(
        rx.cond(
            mine & VoiceState.busy,
            rx.icon("loader-circle", size=16, class_name="spin"),
            rx.icon("volume-2", size=16),
        ),
        rx.cond(mine & VoiceState.busy, "Speaking…", label),
        type="button",
        disabled=mine & VoiceState.busy,
        on_click=VoiceState.hear(mark, text),
        class_name=f"btn {kind}",
    )


def heard(mark: str | rx.Var) -> rx.Component:
    """The player, or why nothing can be heard; nothing where another place speaks."""
    mine = VoiceState.mark == mark
    player = rx.el.div(
        rx.el.audio(src=VoiceState.address, auto_play=True, controls=True, aria_label="The question, spoken"),
        rx.el.span("Voice: ", VoiceState.voice, class_name="note"),
        icon_button("x", "Put the player away", kind="quiet small", on_click=VoiceState.stop),
        class_name="heard",
    )
    wrong = notice(
        "volume-x",
        VoiceState.wrong,
        rx.el.div(button("Close", kind="small", on_click=VoiceState.stop)),
        tone="attention",
    )
    return rx.cond(mine, rx.cond(VoiceState.wrong != "", wrong, rx.cond(VoiceState.address != "", player)))
