"""The real client against a real engine (llama.cpp) with a tiny model of random weights, made here. Opt-in:

    pip install gguf 'llama-cpp-python[server]' && python -m pytest -m thorough tests/adapters/test_model_engine.py

Random weights know nothing, which is the point: whatever they write, nothing of it may come through.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.adapters.model_route import ModelFault, Route, ask
from onrecord.adapters.shipped import schema
from onrecord.draft.prompt import Prompt, draft_prompt
from onrecord.draft.reply import loads

pytestmark = pytest.mark.thorough
WIDTH, HEADS, LAYERS, INNER, WORDS = 64, 4, 2, 128, 259
TURNS = [(4, "Ann Lee", "We will keep the sessions in Redis, Bo."), (5, "Bo Li", "Yes.")]


def write_model(path: Path) -> None:
    """Write a llama of random weights whose words are single bytes."""
    gguf, numpy = pytest.importorskip("gguf"), pytest.importorskip("numpy")
    kinds = gguf.TokenType
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(8192)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(WORDS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))])
    writer.add_token_scores([0.0] * WORDS)
    writer.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    random = numpy.random.default_rng(7)
    shapes = {"token_embd": (WORDS, WIDTH), "output_norm": (WIDTH,), "output": (WORDS, WIDTH)}
    for layer in range(LAYERS):
        inside = dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_output"), (WIDTH, WIDTH))
        inside |= {"attn_norm": (WIDTH,), "ffn_norm": (WIDTH,), "ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH)}
        shapes |= {f"blk.{layer}.{name}": shape for name, shape in (inside | {"ffn_down": (WIDTH, INNER)}).items()}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", random.normal(0, 0.3, shape).astype(numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("llama_cpp.server.app", exc_type=ImportError)
    folder = tmp_path_factory.mktemp("engine")
    write_model(folder / "tiny.gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(folder / "tiny.gguf"), "--n_ctx", "8192"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--seed", "7", "--chat_format", "chatml"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            for _ in range(300):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=1):
                        break
                except OSError:
                    assert process.poll() is None, (folder / "log").read_text("utf-8", "replace")[-2000:]
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(timeout=20)


def asked(engine: str, prompt: Prompt) -> str:
    return ask(Route((), engine, "no-key", "tiny", 120.0, 240.0), prompt)


def test_a_short_form_is_filled_in(engine: str) -> None:
    """The first way of asking is refused by this engine, the second one holds it to the form."""
    form = {"type": "object", "properties": {"noop": {"type": "boolean"}}, "required": ["noop"]}
    assert isinstance(loads(asked(engine, Prompt("Yes or no?", "", form)), ["noop"])["noop"], bool)


def test_a_whole_answer_or_none(engine: str) -> None:
    """Held to the schema, it writes until it is cut off, or an answer of the right shape."""
    try:
        answer = asked(engine, draft_prompt("Use Redis for sessions", TURNS, schema("draft-reply")))
    except ModelFault as fault:
        assert "not whole" in str(fault) or "within" in str(fault)
    else:
        assert set(loads(answer, ["noop"])) == set(schema("draft-reply")["required"]), json.dumps(answer)
