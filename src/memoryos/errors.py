"""Every error MemoryOS raises, split by who must act.

MemoryOSError
├─ UsageError                     the caller's mistake; nothing was written
│  ├─ InvalidArgumentError          an argument of the wrong type, empty, or over its limit
│  ├─ UnreadableTimestampError      a timestamp in none of the accepted forms
│  ├─ UnknownIdError                an id that names nothing in this owner's memory
│  ├─ MissingExtraError             an optional dependency or model that is not installed
│  └─ UnreadableInputError          an input file in another format than the one it is said to be
├─ StorageError                   the backend failed; what was acknowledged is still there
│  ├─ StorageUnavailableError       cannot be opened or written: read-only, full, a file in the way
│  ├─ CorruptStoreError             the database is damaged; it is left as it was found
│  ├─ NewerStoreError               written by a later version of MemoryOS
│  ├─ LeaseLostError                another worker took over; nothing was committed
│  └─ ReplyNotStoredError           a reply was made, but not kept as it should be; it carries it
└─ ModelError                     a remote model failed; the work waits and can be tried again
   ├─ EmbedderUnavailableError      it did not answer, refused, or gave what are no embeddings
   ├─ ModelUnavailableError         a language model did not answer, or refused the request
   ├─ UnreadableOutputError         it answered, but not what can be read: empty, cut off, no JSON
   └─ BudgetSpentError              the day's budget of calls or tokens is used up; not asked at all
"""

from __future__ import annotations


class MemoryOSError(Exception):
    """Root of all that MemoryOS raises."""


class UsageError(MemoryOSError):
    """The caller's mistake: the message says what was wrong and what to do."""


class InvalidArgumentError(UsageError, ValueError):
    """An argument of the wrong type, empty, or over its limit."""


class UnreadableTimestampError(InvalidArgumentError):
    """A timestamp in none of the accepted forms."""


class UnknownIdError(UsageError, LookupError):
    """An id that names nothing in this owner's memory."""


class MissingExtraError(UsageError):
    """An optional dependency or model is not installed; the message gives the mending command."""


class UnreadableInputError(UsageError):
    """An input file in another format than the one it is said to be."""


class StorageError(MemoryOSError):
    """The storage backend failed; what was acknowledged is still there."""


class StorageUnavailableError(StorageError):
    """The database cannot be opened or written: read-only, full, locked, or a file in the way."""


class CorruptStoreError(StorageError):
    """The database is damaged. It is left as it was found, never overwritten."""


class NewerStoreError(StorageError):
    """The database was written by a later version of MemoryOS."""


class LeaseLostError(StorageError):
    """Another worker took over this owner; nothing was committed."""


class ReplyNotStoredError(StorageError):
    """A reply was made and paid for, but memory could not keep it as it should."""

    def __init__(self, message: str, *, reply: str) -> None:
        super().__init__(message)
        self.reply = reply
        """What was said, whole; of an interrupted stream, what was said until then."""


class ModelError(MemoryOSError):
    """A remote model failed. Nothing was written; the work waits and can be tried again.

    The message never holds the server's own words, which may quote somebody's memory.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status of its answer; None where there was none."""
        self.retry_after_seconds = retry_after_seconds
        """How long it asked us to wait (the header Retry-After); None where it did not say."""
        self.prompt_tokens = 0
        """What it charged all the same, as `completion_tokens`; by our count where it did not say,
        0 where nothing came."""
        self.completion_tokens = 0


class EmbedderUnavailableError(ModelError):
    """A remote embedder did not answer, refused, or gave what are no embeddings."""


class ModelUnavailableError(ModelError):
    """A language model did not answer in time, cannot be reached, or refused the request."""


class UnreadableOutputError(ModelError):
    """A language model answered, but not what can be read: empty, cut off, refusing, no JSON."""


class BudgetSpentError(ModelError):
    """The owner's daily budget of model calls or tokens is used up; the model was not asked."""
