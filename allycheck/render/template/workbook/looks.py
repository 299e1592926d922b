"""How the cells of a workbook to fill in look."""

from typing import Any

Look = dict[str, Any]
_PLAIN: Look = {"font_size": 10, "valign": "top"}
_TEXT: Look = _PLAIN | {"text_wrap": True, "border": 1, "border_color": "#C9CED6", "align": "left", "indent": 1}
_FIGURE: Look = _TEXT | {"align": "right", "indent": 0}
_INPUT: Look = _TEXT | {"locked": False, "bg_color": "#FFFBE6", "num_format": "@"}
_HEAD: Look = _TEXT | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "valign": "vcenter"}

LOOKS: dict[str, Look] = {
    "title": {"bold": True, "font_size": 15, "font_color": "#1F3A5F"},
    "intro": {"font_size": 9, "valign": "top", "align": "left", "text_wrap": True, "indent": 1},
    "label": _PLAIN | {"bold": True, "align": "left", "indent": 1, "font_color": "#1F3A5F"},
    "fixed": _PLAIN | {"font_color": "#5A6472"},
    "head": _HEAD,
    "figure head": _HEAD | {"align": "right", "indent": 0},
    "text": _TEXT,
    "strong": _TEXT | {"bold": True},
    "input": _INPUT,
    "answer": _INPUT | {"num_format": "General", "align": "center", "indent": 0, "bold": True, "font_size": 12},
    "about": _INPUT | {"text_wrap": False},
    "date": _INPUT | {"num_format": "yyyy-mm-dd"},
    "points": _FIGURE | {"num_format": "0.0"},
    "share": _FIGURE | {"num_format": "0%"},
    "number": _FIGURE,
    "chosen": {"bg_color": "#CFE3F7", "bold": True},
    "wrong": {"bg_color": "#F4B6B6", "font_color": "#7A0010"},
}
