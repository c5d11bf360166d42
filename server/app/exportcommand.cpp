#include "server/app/exportwriter.h"
#include "server/app/filecommands.h"
#include "server/store/roomexport.h"
#include "server/store/storeaccess.h"

#include <QDateTime>
#include <QFile>

#include <cstdio>
#include <limits>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Outcome failed(const QString &text)
{
    return {ExitCode::Failure, {text}};
}

/// Why none of what was found can be exported.
QString choice(const QString &wanted, const QList<RoomRecord> &found)
{
    if (found.isEmpty())
        return u"There is no room called \"%1\". A room is called by its name, in any case; "
               "\"@ANN,BOB\" is the private conversation of people called ann and bob."_s.arg(
                       wanted);
    QStringList names;
    for (const RoomRecord &room : found)
        names.append(u"%1 (%2 items)"_s.arg(exportName(room)).arg(room.last));
    return u"People of these names have had several conversations. Choose one: %1."_s.arg(
            names.join(", "_L1));
}

/// Standard output, or a new file that goes away unless it is finished.
class Output
{
public:
    /// A text: why there is none.
    QString open(const QString &name)
    {
        m_file.setFileName(name);
        const auto forOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        if (name.isEmpty() ? m_file.open(stdout, QIODevice::WriteOnly)
                           : m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly, forOwner))
            return {};
        if (QFile::exists(name))
            return u"%1 exists already and stays as it is. Choose another name, or move it away."_s
                    .arg(name);
        return problem();
    }
    bool write(const QByteArray &bytes) { return m_file.write(bytes) == bytes.size(); }
    bool finish()
    {
        const bool written = m_file.flush();
        m_file.close();
        return written && m_file.error() == QFileDevice::NoError;
    }
    void discard()
    {
        m_file.close();
        if (!m_file.fileName().isEmpty())
            m_file.remove();
    }
    QString problem() const
    {
        const QString name = m_file.fileName();
        return u"%1 cannot be written: %2. Make room, or choose another file with --output FILE."_s
                .arg(name.isEmpty() ? u"Standard output"_s : name, m_file.errorString());
    }

private:
    QFile m_file;
};

qint64 beginOf(QDate day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

Outcome write(RoomExport &source, const RoomRecord &room, const CommandLine &line)
{
    Output output;
    if (const QString problem = output.open(line.output); !problem.isEmpty())
        return failed(problem);
    const qint64 since = line.since.isValid() ? beginOf(line.since)
                                              : std::numeric_limits<qint64>::min();
    const qint64 until = line.until.isValid() ? beginOf(line.until.addDays(1))
                                              : std::numeric_limits<qint64>::max();
    const auto writer = exportWriter(line.format, exportName(room));
    bool written = output.write(writer->begin(room));
    const QString problem = source.forEach(room.id, [&](const Item &item) {
        if (written && item.time >= since && item.time < until)
            written = output.write(writer->item(item));
        return written && item.time < until;
    });
    written = written && output.write(writer->end()) && output.finish();
    if (written && problem.isEmpty())
        return {};
    const Outcome outcome = failed(problem.isEmpty() ? output.problem() : problem);
    output.discard();
    return outcome;
}

} // namespace

Outcome exportRoom(const CommandLine &line)
{
    auto opened = RoomExport::open(storePath(dataPath(line)));
    if (const auto *problem = std::get_if<QString>(&opened))
        return failed(*problem);
    RoomExport &source = *std::get<std::unique_ptr<RoomExport>>(opened);
    const auto found = source.find(line.argument);
    if (const auto *problem = std::get_if<QString>(&found))
        return failed(*problem);
    const auto &rooms = std::get<QList<RoomRecord>>(found);
    if (rooms.size() != 1)
        return failed(choice(line.argument, rooms));
    return write(source, rooms.first(), line);
}

} // namespace teahouse::server
