"""An array that grows at its end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


class Column:
    """Rows of one dtype and shape, appended in amortised constant time."""

    def __init__(self, dtype: npt.DTypeLike, width: int | None = None) -> None:
        self._width = () if width is None else (width,)
        self._rows = np.zeros((0, *self._width), dtype=dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> npt.NDArray[Any]:
        """The rows, (n,) or (n, width): a view, to be read or written in place until it grows."""
        return self._rows[: self._count]

    @property
    def nbytes(self) -> int:
        return self._rows.nbytes

    def extend(self, values: npt.ArrayLike) -> None:
        """Append rows."""
        rows = np.asarray(values, dtype=self._rows.dtype)
        self._grow(self._count + len(rows))
        self._rows[self._count - len(rows) : self._count] = rows

    def extend_zeros(self, count: int) -> None:
        """Append `count` rows of zeros."""
        self._grow(self._count + count)

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Drop the rows where `mask` is False."""
        self._rows = self._rows[: self._count][mask]
        self._count = len(self._rows)

    def _grow(self, count: int) -> None:
        if count > len(self._rows):
            # np.zeros takes its memory page by page, as it is written.
            grown = np.zeros(
                (max(count, len(self._rows) * 3 // 2, 64), *self._width), self._rows.dtype
            )
            grown[: self._count] = self._rows[: self._count]
            self._rows = grown
        self._count = count
