"""Live audio and video: frames, turns, stages, rooms. Only `peer` knows aiortc."""
