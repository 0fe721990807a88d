"""An office with its officials and a public register of any size, for the tests of decrees."""

from dataclasses import replace
from datetime import date

from dipxl.model.columns import public_columns
from dipxl.model.office import BY_ATASAN, Bidang, Official, Settings
from dipxl.model.published import PublicRegister, PublicRow

TODAY = date(2026, 9, 1)
BY_PPID = "PPID, dengan persetujuan Atasan PPID (Perki Pasal 45 ayat (5)-(6))"
OLD = "Nomor 12 Tahun 2026 tentang Daftar Informasi Publik Semester I Tahun 2026"

OFFICE = {
    "nama_badan": "Badan Kepegawaian & Pengembangan SDM",
    "singkatan": "BKPSDM",
    "kabupaten": "Kabupaten Tanjung Asri",
    "alamat": "Jalan Melati Nomor 1",
    "laman": "https://bkpsdm.example",
    "surel": "ppid@bkpsdm.example",
    "tempat": "Tanjung Asri",
    "edisi": "2026-2",
    "tingkat": "Perangkat daerah, menetapkan sendiri",
    "penanda_tangan": BY_ATASAN,
    "sop": "B-000.8.3.3/9306/BKPSDM-SEK tanggal 21 Oktober 2024",
    "tanggal_rapat": "07-09-2026",
    "berita_acara": "101/BA/2026 tanggal 7 September 2026",
    "keputusan_lama": "",
    "kertas": "F4 (215 x 330 mm)",
    "irah_irah": "Ya",
    "tanda_tangan_lampiran": "Ya",
}
HEAD = Official("Atasan PPID", "Kepala Badan Kepegawaian", "Drs. Ahmad Fauzi, M.Si.", date(2025, 1, 1), nip="1" * 18)
SECRETARY = Official("PPID", "Sekretaris Badan", "Siti Rahmawati, S.Sos.", date(2025, 1, 1), pangkat="Pembina")
CLERK = Official("PPID Pelaksana", "Kepala Subbagian Umum", "Budi Santoso, S.Kom.", date(2025, 1, 1))
LAW = (
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;",
    "Peraturan Komisi Informasi Nomor 1 Tahun 2021 tentang Standar Layanan Informasi Publik.",
)
UNITS = (Bidang("MUT", "Bidang Mutasi", "Kepala Bidang Mutasi"), Bidang("UPT", "UPT Penilaian", "Kepala UPT"))


def settings(*, officials=(HEAD, SECRETARY, CLERK), **cells):
    return Settings(OFFICE | cells, UNITS, tuple(officials), LAW, {})


def register(berkala=2, serta_merta=0, setiap_saat=1, **changed):
    """A register with so many entries of each class, all cells different; `changed` replaces cells of the first."""
    kinds = ["Berkala"] * berkala + ["Serta merta"] * serta_merta + ["Setiap saat"] * setiap_saat
    rows = [_row(number, kind) for number, kind in enumerate(kinds, start=1)]
    if changed:
        rows[0] = replace(rows[0], values=dict(rows[0].values) | changed)
    return PublicRegister("2026-2", tuple(rows))


def _row(number, kind):
    values = {column.name: f"{column.name} <{number}> & lain" for column in public_columns()}
    return PublicRow(number, f"MUT-{number:04d}", "Bidang Mutasi", kind, values | {"kelas": kind, "butir": ""})
