#pragma once

#include <QString>

namespace teahouse::server {

/// A file that is being made under another name, `NAME.part`, readable by its owner alone, and
/// comes to its own name in one step when it is whole and on the disk. Destroyed before, it leaves
/// nothing behind; what a run that was killed has left, the next one takes away. Functions throw
/// DatabaseError.
class DurableFile
{
public:
    /// Makes an empty file. Two programs cannot do so at once.
    explicit DurableFile(const QString &name);
    ~DurableFile();
    Q_DISABLE_COPY_MOVE(DurableFile)

    /// Where it is written.
    QString part() const { return m_part; }

    /// Brings the file to its name, unless there is one already: false.
    bool finish();

    /// The same in place of what bears the name. The file belongs to whom the folder belongs to.
    void replace();

private:
    void sync() const;

    QString m_name;
    QString m_part;
    int m_file = -1; ///< holds a lock, too
};

/// What root makes in the folder of a server has to be the server's: gives an opened file to whom
/// the folder of `name` belongs to. Does nothing for others. False: errno says why not.
bool giveToOwnerOfFolder(int file, const QString &name);

/// Brings to the disk which names a folder has: that of this file.
void syncFolderOf(const QString &file);

} // namespace teahouse::server
