"""A server that speaks OpenAI's protocol, answers by rules, and fails to order.

For tests, also of your own agents: `with StubServer() as server: Memoryos(…,
openai_base_url=server.url)`; or as a command, `python -m memoryos.testing.stub_server`.
"""

from memoryos.testing.stub_server.orders import Failure
from memoryos.testing.stub_server.server import Call, StubServer, Usage

__all__ = ["Call", "Failure", "StubServer", "Usage"]
