"""The demo's people: fictional, from many countries, in many scripts and zones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guest:
    """Somebody who registers: name as on the certificate, ISO country, IANA zone, language."""

    name: str
    email: str
    country: str
    zone_name: str
    locale: str = "en"


ORGANISER = ("Olga Marković", "olga@ens.example")
ADMIN = ("Samuel Okafor", "sam@ens.example")
PRESENTER = ("Dr Pia Lindqvist", "pia@lakeside-hospital.example")
MODERATOR = ("Prof. Arjun Mehta", "arjun@coastal-institute.example")
DISCUSSANT = ("Dr Lucía Ibáñez", "lucia@hospital-sur.example")

ADA = Guest("Dr Ada Shrestha", "ada@valley-clinic.example", "NP", "Asia/Kathmandu")

AUDIENCE = (
    ADA,
    Guest("अनिता शर्मा", "anita@hill-hospital.example", "NP", "Asia/Kathmandu"),
    Guest("Ravi Kumar", "ravi@delta-medical.example", "IN", "Asia/Kolkata"),
    Guest("محمد عبد الرحمن", "mohamed@nile-centre.example", "EG", "Africa/Cairo", "ar"),
    Guest("Chidinma Eze", "chidinma@harbour-hospital.example", "NG", "Africa/Lagos"),
    Guest("Ayşe Yılmaz", "ayse@bosphorus-clinic.example", "TR", "Europe/Istanbul"),
    Guest("李明华", "li.minghua@river-hospital.example", "CN", "Asia/Shanghai"),
    Guest("João Carvalho", "joao@ponte-clinica.example", "BR", "America/Sao_Paulo"),
    Guest("María Fernanda Quispe", "maria@altiplano.example", "PE", "America/Lima"),
    Guest("Thabo Nkosi", "thabo@highveld.example", "ZA", "Africa/Johannesburg"),
    Guest("Nguyễn Thị Lan", "lan@delta-clinic.example", "VN", "Asia/Ho_Chi_Minh"),
    Guest("Олена Коваль", "olena@dnipro-clinic.example", "UA", "Europe/Kyiv"),
    Guest("Sofia Papadopoulou", "sofia@aegean.example", "GR", "Europe/Athens"),
    Guest("Jonas Feld", "jonas@klinik-nord.example", "DE", "Europe/Berlin"),
    Guest("Amina Wanjiru", "amina@rift-hospital.example", "KE", "Africa/Nairobi"),
    Guest("Fatima Zahra Benali", "fatima@atlas-clinic.example", "MA", "Africa/Casablanca"),
    Guest("Ali Raza", "ali@indus-hospital.example", "PK", "Asia/Karachi"),
    Guest("Nusrat Jahan", "nusrat@padma-medical.example", "BD", "Asia/Dhaka"),
    Guest("Tesfaye Bekele", "tesfaye@blue-nile.example", "ET", "Africa/Addis_Ababa"),
    Guest("Putri Wulandari", "putri@island-hospital.example", "ID", "Asia/Jakarta"),
    Guest("Carlos Hernández", "carlos@valle-clinica.example", "MX", "America/Mexico_City"),
    Guest("Emily Carter", "emily@prairie-medical.example", "US", "America/Chicago"),
    Guest("Liam O’Connor", "liam@western-isles.example", "IE", "Europe/Dublin"),
    Guest("Hiro Tanaka", "hiro@umc-east.example", "JP", "Asia/Tokyo"),
    Guest("Grace Mbabazi", "grace@lake-hospital.example", "UG", "Africa/Kampala"),
    Guest("Mei Ling Tan", "meiling@straits.example", "SG", "Asia/Singapore"),
    Guest("Jack Wilson", "jack@harbour-city.example", "AU", "Australia/Sydney"),
    Guest("Khadija Mohammadi", "khadija@silkroad.example", "AF", "Asia/Kabul"),
)
