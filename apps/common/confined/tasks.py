"""What can be asked for: each task takes bytes and JSON values, and returns such."""

from collections.abc import Callable
from typing import Any

from apps.common.files import drawing
from apps.common.uploads import cleaning

Task = Callable[..., tuple[dict[str, Any], bytes]]
TASKS: dict[str, Task] = {
    "clean": cleaning.clean,
    "count_pages": drawing.count_pages,
    "draw_page": drawing.draw_page,
}
