"""Transcripts of meetings and chats, of every common kind, as numbered turns."""

from onrecord.draft.transcript.model import Problem, Transcript, Turn
from onrecord.draft.transcript.read import FORMS, read
from onrecord.draft.transcript.times import clock

__all__ = ["FORMS", "Problem", "Transcript", "Turn", "clock", "read"]
