"""What a Keputusan may not be made with: each stops it in one sentence, with what to do."""

from __future__ import annotations

from datetime import date

from dipxl.errors import DipxlError
from dipxl.model.dates import long_date
from dipxl.model.office import Settings
from dipxl.model.personal import personal_data
from dipxl.model.published import PublicRegister

GAP = "…"


def refuse_unlawful(settings: Settings, public: PublicRegister) -> None:
    """Stop where the office may not decree at all, or where the list itself is not ready for it."""
    if settings.only_proposes:
        message = "Edisi ini hanya mengusulkan, jadi tidak menetapkan Keputusan (Perki 1/2021 Pasal 45 ayat (3))."
        raise DipxlError("hanya-mengusulkan", message, "Kirim surat pengantar dan draf ke PPID kabupaten.")
    if not public.rows:
        raise DipxlError("belum-diputus", "Belum ada entri yang diputus setuju.", 'Jalankan "dipxl telaah" dahulu.')
    unknown = [row.kode for row in public.rows if row.values["retensi"] == "Belum tahu"]
    if unknown:
        message = f'Jangka simpan masih "Belum tahu" pada {", ".join(unknown[:5])}.'
        raise DipxlError("retensi-belum-tahu", message, "Minta bidang melengkapi jangka simpannya.")
    _refuse_personal_data(public)
    _refuse_gaps(settings)


def refuse_reversed(day: date, approved: date | None) -> None:
    """The approval comes first (Perki 1/2021 Ps 45(6))."""
    if approved and approved > day:
        message = f"Persetujuan bertanggal {long_date(approved)}, sesudah Keputusan tanggal {long_date(day)}."
        raise DipxlError("tanggal-terbalik", message, "Periksa kedua tanggal itu pada naskah yang kembali.")


def _refuse_personal_data(public: PublicRegister) -> None:
    """Disclosing personal data is punishable (UU 27/2022 Ps 65, 67); the posts in a row are no personal data."""
    for row in public.rows:
        kind = next((kind for text in row.values.values() if (kind := personal_data(text))), "")
        if kind:
            message = f"Baris {row.kode} tampaknya memuat data pribadi ({kind})."
            remedy = "Minta bidang menghapusnya, atau pilih Kecualikan pada telaah."
            raise DipxlError("data-pribadi-terbuka", message, remedy)


def _refuse_gaps(settings: Settings) -> None:
    for number, law in enumerate(settings.legal_basis, start=1):
        if GAP in law:
            message = f'Mengingat angka {number} masih memuat "{GAP}": {law[:60]}'
            remedy = 'Lengkapi di lembar "Dasar Hukum" pada pengaturan.xlsx, atau pilih Tidak pada kolom Dipakai.'
            raise DipxlError("dasar-hukum-belum-lengkap", message, remedy)
