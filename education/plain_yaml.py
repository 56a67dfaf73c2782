"""YAML as front matter needs it: the plain part of it, without what makes a small text a huge or an unprintable one."""

import re
from typing import Any

import yaml
from yaml.composer import ComposerError

LONGEST_FRONT = 50_000
"""Characters of front matter that are read; the longest of ours has a quarter of that."""
LONGEST_REPEATED = 200
MOST_DIGITS = 400
UNPRINTABLE = re.compile("[\0\ud800-\udfff]")
"""Written as "\\0" or "\\ud800": no database holds the one, no answer the other."""


class PlainLoader(yaml.SafeLoader):
    """Reads YAML as SafeLoader does, and refuses what only an attack needs."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Let `*name` repeat a short text alone: a few letters could stand for gigabytes."""
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()
            node = self.anchors.get(alias.anchor)
            if not isinstance(node, yaml.ScalarNode) or len(node.value) > LONGEST_REPEATED:
                raise ComposerError(None, None, "* repeats short texts only; write it out", alias.start_mark)
        return super().compose_node(parent, index)

    def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
        """Refuse characters that cannot be kept or shown, and numbers that take longer to write than to read."""
        node: yaml.ScalarNode = super().compose_scalar_node(anchor)
        if UNPRINTABLE.search(node.value):
            raise ComposerError(None, None, "there is a character that cannot be shown", node.start_mark)
        if node.tag.endswith((":int", ":float")) and len(node.value) > MOST_DIGITS:
            raise ComposerError(None, None, "this number is too long", node.start_mark)
        return node
