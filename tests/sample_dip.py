"""A small published DIP, made the way dipxl makes one: a decided register, cut down to what the public may see."""

from datetime import date

from dipxl.model.enactment import Enactment, list_title
from dipxl.model.office import Bidang, Official, Settings
from dipxl.model.published import publishable
from dipxl.model.register import Entry, Register, Source

SECRETS = ("RAK-RAHASIA", "CATATAN-RAHASIA", "0812-RAHASIA", "PEJABAT-RAHASIA", "199001-RAHASIA", "berkas-rahasia.xlsx")

SETTINGS = Settings(
    office={
        "nama_badan": "Badan Kepegawaian & Pengembangan SDM",
        "singkatan": "BKPSDM",
        "kabupaten": "Kabupaten Tanjung Asri",
        "alamat": "Jalan Melati Nomor 1",
        "laman": "https://bkpsdm.example",
        "surel": "ppid@bkpsdm.example",
        "edisi": "2026-2",
        "kertas": "F4 (215 x 330 mm)",
        "lisensi": "CC BY 4.0",
        "whatsapp": SECRETS[2],
    },
    bidang=(Bidang("MUT", "Bidang Mutasi", "Kepala Bidang Mutasi"), Bidang("SEK", "Sekretariat", "Sekretaris")),
    officials=(Official("PPID", "Kepala Badan", SECRETS[3], date(2026, 1, 1), nip=SECRETS[4]),),
    legal_basis=(),
    withdrawn={},
)
ENACTMENT = Enactment("41 Tahun 2026", date(2026, 9, 7), "Kepala Badan Kepegawaian", list_title(SETTINGS))


def entry(kode, kelas, butir="", **values):
    """An entry that the PPID has agreed to, with something private in every cell that is not public."""
    cells = {
        "ringkasan": "Laporan Kinerja Tahun 2025",
        "waktu": "Februari 2026",
        "bentuk": "Softcopy dan hardcopy",
        "retensi": "10 tahun",
        "tempat": "Tanjung Asri",
        "menguasai": "Sekretariat",
        "penanggung_jawab": "Sekretaris Badan",
        "tautan": "",
        "lokasi_berkas": SECRETS[0],
        "keterangan": SECRETS[1],
    }
    source = Source(SECRETS[5], "0" * 64, "Daftar Informasi", 8)
    proposal = {"kelas": kelas, "butir": butir, "catatan_usul": SECRETS[1]}
    return Entry(kode, kode[:3], cells | values, source, proposal=proposal, review={"putusan": "Setuju"})


ENTRIES = (
    entry("SEK-0001", "Berkala", "B.c.1", tautan="https://bkpsdm.example/lkjip-2025.pdf"),
    entry("SEK-0002", "Berkala", "B.d.a; S.c.c", ringkasan="Realisasi anggaran Tahun 2025", waktu="15 Januari 2026"),
    entry("MUT-0007", "Setiap saat", "S.c.d", ringkasan="Layanan <script>document.title='x'</script> & <b>"),
    entry("MUT-0008", "Setiap saat", ringkasan="=1+1", waktu="Agustus 2025", tautan="javascript:alert(1)"),
)


def published(*entries):
    return publishable(Register("2026-2", entries), SETTINGS)


PUBLISHED = published(*ENTRIES)
