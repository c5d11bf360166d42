#include "server/app/settings.h"

#include "server/app/joinlinks.h"

#include "shared/names.h"
#include "shared/text.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

const std::array table = {
        Setting{"server.name", &Settings::serverName, 1, 64,
                "the name in greetings, in characters"},
        Setting{"server.host", &Settings::host, 0, 0,
                "the name or address by which others reach this machine, for links and browsers; "
                "empty: its private addresses"},
        Setting{"front.patience", &Settings::frontPatience, 50, 5'000,
                "ms that the door front waits for somebody to speak first before it greets"},
        Setting{"tls.certificate", &Settings::tlsCertificate, 0, 4'000,
                "the file with the certificate and those that vouch for it (PEM); without it the "
                "server makes a key of its own; characters"},
        Setting{"tls.key", &Settings::tlsKey, 0, 4'000,
                "the file with the key of that certificate (PEM); characters"},
        Setting{"server.announce", &Settings::announce, 0, 0,
                "whether avahi-daemon announces the door front on the local network"},
        Setting{"limits.flood", &Settings::flood, 0, 0,
                "whether those who say too much too fast are slowed down"},
        Setting{"limits.message_burst", &Settings::messageBurst, 1, 1'000'000,
                "messages of a session, or of an account, before their rate holds"},
        Setting{"limits.messages_per_second", &Settings::messagesPerSecond, 1, 1'000'000,
                "messages after the burst"},
        Setting{"limits.address_times", &Settings::addressTimes, 1, 1'000'000,
                "times that rate for all together who have no name, of one address"},
        Setting{"limits.query_burst", &Settings::queryBurst, 1, 1'000'000,
                "other requests of a session before their rate holds"},
        Setting{"limits.queries_per_second", &Settings::queriesPerSecond, 1, 1'000'000,
                "other requests after the burst"},
        Setting{"limits.frame_burst", &Settings::frameBurst, 1, 1'000'000,
                "lines or frames of a connection, blank ones too, before their rate holds"},
        Setting{"limits.frames_per_second", &Settings::framesPerSecond, 1, 1'000'000,
                "lines or frames after the burst"},
        Setting{"limits.input_burst_kib", &Settings::inputBurst, 1, 1'000'000,
                "KiB that a connection sends before their rate holds"},
        Setting{"limits.input_kib_per_second", &Settings::inputPerSecond, 1, 1'000'000,
                "KiB after the burst"},
        Setting{"limits.per_address", &Settings::perAddress, 0, 0,
                "whether connections of one address are limited"},
        Setting{"limits.exempt", &Settings::exempt, 0, 0,
                "networks where they are not, separated by commas"},
        Setting{"limits.sessions", &Settings::sessions, 1, 1'000'000, "connections at once"},
        Setting{"limits.connections_per_address", &Settings::connectionsPerAddress, 1, 1'000'000,
                "of them, from one address"},
        Setting{"limits.strangers_per_address", &Settings::strangersPerAddress, 1, 1'000'000,
                "of them, that have not logged in; further ones wait"},
        Setting{"limits.connection_burst", &Settings::connectionBurst, 1, 1'000'000,
                "connects of one address before the rate holds"},
        Setting{"limits.connections_per_minute", &Settings::connectionsPerMinute, 1, 60'000,
                "connects of one address after the burst"},
        Setting{"limits.outbox_mib", &Settings::outboxTotal, 1, 65'536,
                "MiB that may wait to be sent to all together"},
        Setting{"rooms.most", &Settings::rooms, 1, 1'000'000, "public rooms"},
        Setting{"rooms.per_guest", &Settings::roomsPerGuest, 1, 1'000'000,
                "of them, that one guest has made"},
        Setting{"rooms.per_address", &Settings::roomsPerAddress, 1, 1'000'000,
                "of them, that were made from one address"},
        Setting{"rooms.announce_up_to", &Settings::announceUpTo, 0, 1'000'000,
                "members of a room in which comings and goings are told"},
        Setting{"rooms.retention", &Settings::retention, 0, 0,
                "days that main and new rooms keep what is said; forever, or off for no history"},
        Setting{"conversations.most", &Settings::conversations, 1, 10'000'000,
                "private conversations"},
        Setting{"conversations.unanswered_per_person", &Settings::unansweredPerPerson, 1, 1'000'000,
                "of them, that one person begins in a day and nobody answers"},
        Setting{"conversations.unanswered_per_address", &Settings::unansweredPerAddress, 1,
                1'000'000, "of them, that are begun from one address"},
        Setting{"accounts.guests", &Settings::guests, 0, 0,
                "whether people are let in without a password"},
        Setting{"accounts.register", &Settings::registration, 0, 0,
                "who makes an account: on (anybody), invite (with a code) or off (only the "
                "administrators)"},
        Setting{"accounts.plain_passwords", &Settings::plainPasswords, 0, 0,
                "whether passwords from other hosts may come without TLS"},
        Setting{"accounts.registration_burst", &Settings::registrationBurst, 1, 1'000'000,
                "accounts made from one address before the rate holds"},
        Setting{"accounts.registrations_per_hour", &Settings::registrationsPerHour, 1, 60'000,
                "accounts made from one address after the burst"},
        Setting{"line.room", &Settings::lineRoom, 0, 0,
                "the room of those who come in at the door line"},
        Setting{"line.addresses", &Settings::lineAddresses, 0, 0,
                "whose addresses of them others see: none, local or all"},
        Setting{"nul.room", &Settings::nulRoom, 0, 0,
                "the room of those who come in at the door nul"},
        Setting{"nul.addresses", &Settings::nulAddresses, 0, 0,
                "whose addresses of them others see: none, local or all"},
        Setting{"relay.room", &Settings::relayRoom, 0, 0,
                "the room of those who come in at the door relay"},
        Setting{"relay.addresses", &Settings::relayAddresses, 0, 0,
                "whose addresses of them others see: none, local or all"},
        Setting{"guest.room", &Settings::guestRoom, 0, 0,
                "the room of those who come in at the door guest"},
        Setting{"guest.addresses", &Settings::guestAddresses, 0, 0,
                "whose addresses of them others see: none, local or all"},
        Setting{"guest.greeting", &Settings::guestGreeting, 0, 200,
                "what the door guest greets with; characters"},
        Setting{"memory.items_per_room", &Settings::memoryItemsPerRoom, 1, 10'000'000,
                "messages of a room kept in memory: of each with --data none, else of those without "
                "history, of which 1,000 are kept at most"},
        Setting{"memory.total_mib", &Settings::memoryTotal, 1, 65'536,
                "MiB that all these may take together"},
};

/// In the order of ShowAddresses.
const QStringList addressWords{u"none"_s, u"local"_s, u"all"_s};

/// In the order of Registration.
const QStringList registrationWords{u"off"_s, u"invite"_s, u"on"_s};

template <typename... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

/// How many characters have to change to make one text of the other (Levenshtein's distance).
int distance(QStringView one, QStringView other)
{
    std::vector<int> row(static_cast<size_t>(other.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < one.size(); ++i) {
        int diagonal = std::exchange(row[0], static_cast<int>(i) + 1);
        for (size_t j = 1; j < row.size(); ++j) {
            const int change = one[i] == other[static_cast<qsizetype>(j) - 1] ? 0 : 1;
            const int best = std::min({row[j] + 1, row[j - 1] + 1, diagonal + change});
            diagonal = std::exchange(row[j], best);
        }
    }
    return row.back();
}

QString nearestKey(const QString &key)
{
    const auto far = [&](const Setting &setting) {
        return distance(key, QString::fromLatin1(setting.key));
    };
    const auto *nearest = std::min_element(
            table.begin(), table.end(),
            [&](const Setting &a, const Setting &b) { return far(a) < far(b); });
    return QString::fromLatin1(nearest->key);
}

const Setting *find(const QString &key)
{
    const auto *found = std::find_if(table.begin(), table.end(), [&](const Setting &setting) {
        return key == QLatin1StringView(setting.key);
    });
    return found == table.end() ? nullptr : found;
}

std::optional<bool> parseSwitch(const QString &value)
{
    if (value == "on"_L1 || value == "true"_L1)
        return true;
    if (value == "off"_L1 || value == "false"_L1)
        return false;
    return std::nullopt;
}

/// Puts a value into the field, and says what a value has to be when it is none.
class Assigner
{
public:
    Assigner(Settings &settings, const Setting &setting, const QString &value)
        : m_settings(settings), m_setting(setting), m_value(value)
    {
    }

    std::optional<QString> operator()(bool Settings::*field) const
    {
        const auto parsed = parseSwitch(m_value);
        if (!parsed)
            return u"\"on\" or \"off\""_s;
        m_settings.*field = *parsed;
        return std::nullopt;
    }
    std::optional<QString> operator()(int Settings::*field) const
    {
        bool isNumber = false;
        const int number = m_value.toInt(&isNumber);
        if (!isNumber || number < m_setting.least || number > m_setting.most)
            return u"a number from %1 to %2"_s.arg(m_setting.least).arg(m_setting.most);
        m_settings.*field = number;
        return std::nullopt;
    }
    std::optional<QString> operator()(QString Settings::*field) const
    {
        const int length = codePoints(m_value);
        if (length < m_setting.least || length > m_setting.most)
            return u"%1 to %2 characters long"_s.arg(m_setting.least).arg(m_setting.most);
        if (cleanLine(m_value) != m_value)
            return u"one line without control characters"_s;
        m_settings.*field = m_value;
        return std::nullopt;
    }
    std::optional<QString> operator()(Networks Settings::*field) const
    {
        const auto networks = parseNetworks(m_value);
        if (!networks)
            return u"a list of addresses and networks such as \"127.0.0.0/8,::1\", or empty"_s;
        m_settings.*field = *networks;
        return std::nullopt;
    }

    std::optional<QString> operator()(RoomName Settings::*field) const
    {
        const QString name = normalizedName(m_value);
        const NameFault fault = checkName(name);
        if (fault != NameFault::None)
            return u"the name of a room (%1)"_s.arg(faultText(fault));
        (m_settings.*field).name = name;
        return std::nullopt;
    }
    std::optional<QString> operator()(HostName Settings::*field) const
    {
        const QString host = linkHost(m_value);
        if (host.isEmpty() && !m_value.isEmpty())
            return u"the name of a host or an address, without a port, or empty"_s;
        (m_settings.*field).name = host;
        return std::nullopt;
    }
    std::optional<QString> operator()(ShowAddresses Settings::*field) const
    {
        const qsizetype place = addressWords.indexOf(m_value);
        if (place < 0)
            return u"\"none\", \"local\" or \"all\""_s;
        m_settings.*field = static_cast<ShowAddresses>(place);
        return std::nullopt;
    }
    std::optional<QString> operator()(Registration Settings::*field) const
    {
        const qsizetype place = registrationWords.indexOf(m_value);
        if (place < 0)
            return u"\"on\", \"invite\" or \"off\""_s;
        m_settings.*field = static_cast<Registration>(place);
        return std::nullopt;
    }
    std::optional<QString> operator()(Retention Settings::*field) const
    {
        bool isNumber = false;
        int days = m_value.toInt(&isNumber);
        if (m_value == "forever"_L1)
            days = keepForever;
        else if (m_value == "off"_L1)
            days = 0;
        else if (!isNumber || days < 1 || days > limits::retentionDays)
            return u"\"forever\", \"off\" or a number of days from 1 to %1"_s.arg(
                    limits::retentionDays);
        (m_settings.*field).days = days;
        return std::nullopt;
    }

private:
    Settings &m_settings;
    const Setting &m_setting;
    const QString &m_value;
};

} // namespace

std::optional<Networks> parseNetworks(const QString &text)
{
    Networks networks{text, {}};
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const AddressLimits::Network network = QHostAddress::parseSubnet(part.trimmed());
        if (network.first.isNull() || network.second < 0)
            return std::nullopt;
        networks.list.append(network);
    }
    return networks;
}

std::span<const Setting> settingsTable()
{
    return table;
}

std::optional<QString> assign(Settings &settings, const QString &assignment)
{
    const qsizetype sign = assignment.indexOf(u'=');
    if (sign < 0)
        return u"\"%1\" sets nothing: write SECTION.KEY=VALUE, for example limits.flood=off."_s.arg(
                assignment);
    return assign(settings, assignment.first(sign).trimmed(),
                  assignment.sliced(sign + 1).trimmed());
}

std::optional<QString> assign(Settings &settings, const QString &key, const QString &value)
{
    const Setting *setting = find(key);
    if (!setting)
        return u"There is no setting \"%1\"; the nearest is \"%2\"."_s.arg(key, nearestKey(key));
    const auto wanted = std::visit(Assigner(settings, *setting, value), setting->field);
    if (!wanted)
        return std::nullopt;
    return u"%1 cannot be \"%2\": it has to be %3."_s.arg(key, value, *wanted);
}

QString valueText(const Settings &settings, const Setting &setting)
{
    return std::visit(
            Overloaded{
                    [&](bool Settings::*field) { return settings.*field ? u"on"_s : u"off"_s; },
                    [&](int Settings::*field) { return QString::number(settings.*field); },
                    [&](QString Settings::*field) { return settings.*field; },
                    [&](Networks Settings::*field) { return (settings.*field).text; },
                    [&](RoomName Settings::*field) { return (settings.*field).name; },
                    [&](HostName Settings::*field) { return (settings.*field).name; },
                    [&](ShowAddresses Settings::*field) {
                        return addressWords.at(static_cast<qsizetype>(settings.*field));
                    },
                    [&](Registration Settings::*field) {
                        return registrationWords.at(static_cast<qsizetype>(settings.*field));
                    },
                    [&](Retention Settings::*field) {
                        const int days = (settings.*field).days;
                        if (days == keepForever)
                            return u"forever"_s;
                        return days == 0 ? u"off"_s : QString::number(days);
                    },
            },
            setting.field);
}

QString settingsHelp()
{
    const Settings defaults;
    QString text;
    for (const Setting &setting : table) {
        QString bounds;
        if (setting.most > 0)
            bounds = u", %1 to %2"_s.arg(setting.least).arg(setting.most);
        text += u"  %1  %2 (%3%4)\n"_s.arg(QString::fromLatin1(setting.key), -38)
                        .arg(QString::fromLatin1(setting.help), valueText(defaults, setting),
                             bounds);
    }
    return text;
}

} // namespace teahouse::server
