"""Confined tasks held to less than usual."""

from dataclasses import replace


def hold(settings, name, **limits):
    """Let a task take only so much, such as `cpu_seconds=1`."""
    task = replace(settings.CONFINED_TASKS[name], **limits)
    settings.CONFINED_TASKS = {**settings.CONFINED_TASKS, name: task}
