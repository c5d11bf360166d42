#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace teahouse::chaos {

/// Whether times are judged, too: only in the full form of a rig, on a quiet machine.
enum class Form { Full, Short };

/// What a rig has seen, on standard output while it runs.
class Report
{
public:
    explicit Report(const QString &rig, Form form);

    void say(const QString &text) const;

    /// A promise, which holds or not.
    void promise(bool kept, const QString &text);
    /// One about time, which counts in the full form.
    void promiseInTime(bool kept, const QString &text);

    /// Why the rig cannot be run here.
    void skip(const QString &why);

    Form form() const { return m_form; }
    bool isBroken() const { return m_broken > 0; }
    bool isSkipped() const { return m_isSkipped; }

private:
    QString m_rig;
    Form m_form;
    int m_broken = 0;
    bool m_isSkipped = false;
};

/// Times that something took, in nanoseconds.
class Times
{
public:
    void add(qint64 ns) { m_all.append(ns); }
    bool isEmpty() const { return m_all.isEmpty(); }
    double ms(double share) const;
    double maxMs() const { return ms(1); }
    /// "p50 1.2, p99 3.4, max 5.6 ms".
    QString text() const;

private:
    QList<qint64> m_all;
};

} // namespace teahouse::chaos
