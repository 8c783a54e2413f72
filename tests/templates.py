"""Compiles each of Jinja's templates once for all builds of tests: that takes most of the time of a small build."""

from __future__ import annotations

import marshal
import os
from functools import wraps
from hashlib import sha256
from pathlib import Path
from types import CodeType

from jinja2 import Environment


def compile_templates_once(folder: Path) -> None:
    """From now on this process, and those that are forked from it, keep what they have compiled in the folder, by all
    that it depends on. Only the path of the template's file is left out: Jinja takes it from elsewhere."""
    compile_anew = Environment.compile

    @wraps(compile_anew)
    def compile_once(self, source, name=None, filename=None, raw=False, defer_init=False):
        if raw or defer_init or self.finalize or not isinstance(source, str):
            return compile_anew(self, source, name, filename, raw, defer_init)
        file = folder / sha256(repr((source, name, *_options(self, name))).encode()).hexdigest()
        if not file.exists():
            code = compile_anew(self, source, name, filename)
            part = file.with_suffix(f".{os.getpid()}")
            part.write_bytes(marshal.dumps(code))
            part.replace(file)
        code = marshal.loads(file.read_bytes())
        assert isinstance(code, CodeType)
        return code

    Environment.compile = compile_once


def _options(environment: Environment, name: str | None) -> tuple[object, ...]:
    """The settings of an environment that change the code of a template."""
    escape = environment.autoescape
    return (
        escape(name) if callable(escape) else escape,
        environment.trim_blocks, environment.lstrip_blocks, environment.keep_trailing_newline,
        environment.newline_sequence, environment.optimized, environment.sandboxed, environment.is_async,
        environment.block_start_string, environment.variable_start_string, environment.comment_start_string,
        environment.line_statement_prefix, environment.line_comment_prefix,
        sorted(environment.extensions), sorted(environment.filters), sorted(environment.tests),
    )  # fmt: skip
