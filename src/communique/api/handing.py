"""What is taken out of a database: the brief, the exports, backups; and what comes back to be checked."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from communique.api.asking import Asking
from communique.errors import UsageError
from communique.export.brief import Brief, compose
from communique.export.surer import surer

if TYPE_CHECKING:
    from communique.export.brief_check import Checked
    from communique.export.forms import Material
    from communique.export.packet import Opened


class Handing(Asking):
    """An open database that gives things away."""

    def export(
        self,
        as_of: str | None = None,
        *,
        form: str = "json",
        full_text: bool = False,
        raw: bool = False,
        min_confidence: float = 0.0,
    ) -> bytes:
        """The record as one file: UTF-8 JSON in the form of the record contract, or another of `export.forms.FILES`.

        Args:
            as_of: as it was known on that day.
            form: `json`, `jsonl`, `ics`, `annotations`, `plover` or `packet`.
            full_text: whole texts of reports go with it.
            raw: as for `tables`; no form that is one file takes it.
            min_confidence: without facts below this confidence.

        Raises:
            NotFoundError: nothing was built yet.
            UsageError: there is no such form, or it does not take these options.
        """
        from communique.export import forms

        if raw:
            message = f"--raw is for csv: {form} has no cells"
            raise UsageError(message)
        if form == "json" and not full_text and as_of is None and not min_confidence:
            with self._store.view() as view:
                data = view.record_json()
            return data if data is not None else self.record().encode()
        return forms.as_file(form, self._material(form, as_of, min_confidence, full_text=full_text))

    def tables(
        self,
        as_of: str | None = None,
        *,
        form: str = "csv",
        full_text: bool = False,
        raw: bool = False,
        min_confidence: float = 0.0,
    ) -> dict[str, bytes]:
        """The record as files by name, one a table.

        Args:
            as_of: as it was known on that day.
            form: `csv`, or `parquet` (with the `analysis` extra).
            full_text: whole texts of reports go with it.
            raw: csv leaves cells that a spreadsheet takes for formulas.
            min_confidence: without facts below this confidence.

        Raises:
            NotFoundError: nothing was built yet.
            UsageError: the form takes no `raw`, or its extra is not installed.
        """
        from communique.export import forms

        material = self._material(form, as_of, min_confidence, full_text=full_text)
        return forms.as_folder(msgspec.structs.replace(material, raw=raw), form)

    def _material(self, form: str, as_of: str | None, min_confidence: float, *, full_text: bool) -> "Material":
        from communique.export.forms import Material

        record = self.record(as_of, min_confidence=min_confidence)
        wanted = full_text or form in ("annotations", "packet")
        return Material(record, self.texts(h.id for h in record.reports) if wanted else {}, full_text)

    def brief(self, wanted: str | None = None, as_of: str | None = None, *, min_confidence: float = 0.0) -> Brief:
        """The one-page brief on a series or a story; its foot says what `min_confidence` left out.

        Raises:
            NotFoundError: there is nothing of that name, or no record.
            UsageError: `min_confidence` is no share.
        """
        from communique.export.brief_part import part_of, stamp

        with self._store.view() as view:
            record = part_of(view, wanted) if as_of is None else None
            record = record or self.record(as_of)
            return compose(surer(record, min_confidence), wanted, stamp(view, record, as_of))

    def check(self, data: bytes) -> "Checked":
        """Whether a brief that was printed, and perhaps edited, says what the record says.

        Each sentence of ours is worded anew from the record and compared; the officer's own lines are counted apart. A
        brief of an older build is held against the record of the reports and rulings of then.

        Raises:
            UsageError: it is no brief.
        """
        from communique.export.brief_history import checked
        from communique.pipeline import record_of

        with self._store.view() as view:
            return checked(view, data, partial(record_of, limits=self.limits))

    def open_packet(self, data: bytes) -> "Opened":
        """The record of a packet, with the words put back from the reports that lie here.

        Raises:
            UsageError: it is no packet.
        """
        from communique.export.packet import opened
        from communique.model import ids

        with self._store.view() as view:
            texts = view.texts(h.id for h in view.reports())
        return opened(data, {ids.sha256_hex(text.encode()): text for text in texts.values()})

    def backup(self, path: str | Path) -> None:
        """Keep the whole database in a new file, as it stands now; others may write meanwhile.

        Raises:
            StoreError: there is such a file already, or it cannot be written.
        """
        from communique.store.copying import backup

        backup(self._store, Path(path))


def written(brief: Brief, form: str) -> bytes:
    """A brief as the bytes of a file.

    Args:
        brief: the brief.
        form: `md`, `html`, `docx` or `json`.

    Raises:
        UsageError: there is no such form.
    """
    from communique.export.brief_forms import write

    return write(brief, form)


def is_packet(data: bytes) -> bool:
    """Whether a file says that it is a packet of a record."""
    from communique.export import packet

    return packet.is_packet(data)
