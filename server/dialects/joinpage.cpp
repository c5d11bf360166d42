#include "server/dialects/joinpage.h"

#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView head(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%1</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #24292f; background: #f4f1ea; margin: 0; }
main { max-width: 40rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff;
       border-radius: 12px; box-shadow: 0 1px 6px #0002; }
h1 { margin-top: 0; } h2 { font-size: 1.1rem; margin-bottom: .3rem; }
code { background: #f4f1ea; padding: .1rem .3rem; border-radius: 4px; overflow-wrap: anywhere; }
section + section { border-top: 1px solid #ddd6c8; margin-top: 1.5rem; padding-top: .5rem; }
a { color: #8a4b08; }
@media (prefers-color-scheme: dark) {
body { color: #e6e1d6; background: #1d1b18; } main { background: #2a2723; }
code { background: #1d1b18; } a { color: #e0a458; } section + section { border-color: #4a453d; }
}
</style>
</head>
<body>
<main>
<h1>%1</h1>
)");

constexpr QLatin1StringView tail("</main>\n</body>\n</html>\n");

/// The words of a section, as HTML.
struct Words
{
    QString language;
    QString welcome;
    QString client;
    QString clientText;
    QString fingerprint;
    QString terminal;
    QString noLinks;
};

const Words &english()
{
    static const Words words{
            u"en"_s,
            u"This is a chat server for people who share a network."_s,
            u"With the Teahouse program"_s,
            u"Install Teahouse, then open this link or paste it into the address field:"_s,
            u"At the first meeting Teahouse shows a fingerprint. Compare it with this one, and "
            "if you can, with what the server's owner sees:"_s,
            u"In a terminal"_s,
            u"In Teahouse, or by telnet in a terminal, use the address that your browser shows."_s,
    };
    return words;
}

const Words &chinese()
{
    static const Words words{
            u"zh-CN"_s,
            u"这是供同一网络内的人使用的聊天服务器。"_s,
            u"使用 Teahouse 程序"_s,
            u"安装 Teahouse，然后打开此链接，或将其粘贴到地址栏："_s,
            u"首次连接时 Teahouse 会显示指纹。请与下面的指纹核对，最好再与服务器主人看到的核对："_s,
            u"使用终端"_s,
            u"请在 Teahouse 中（或在终端用 telnet）使用浏览器地址栏中的地址。"_s,
    };
    return words;
}

/// An address as telnet takes it.
QString telnetLine(const JoinLink &link)
{
    return u"telnet %1 %2"_s.arg(link.host).arg(link.port);
}

QString fingerprintOf(const Words &words, const JoinFacts &facts)
{
    if (!facts.fingerprint)
        return {};
    return u"<p>%1</p>\n<p><code>%2</code></p>\n"_s.arg(
            words.fingerprint, facts.fingerprint->grouped().toHtmlEscaped());
}

/// Where the server is reached, for programs and for telnet.
QString addresses(const Words &words, const JoinFacts &facts)
{
    if (facts.links.isEmpty())
        return u"<p>%1</p>\n"_s.arg(words.noLinks) + fingerprintOf(words, facts);
    QString links;
    QString lines;
    for (JoinLink link : facts.links) {
        link.fingerprint.reset();
        link.code.clear();
        const QString text = linkText(link).toHtmlEscaped();
        links += u"<li><a href=\"%1\"><code>%1</code></a></li>\n"_s.arg(text);
        lines += u"<li><code>%1</code></li>\n"_s.arg(telnetLine(link).toHtmlEscaped());
    }
    return u"<h2>%1</h2>\n<p>%2</p>\n<ul>\n"_s.arg(words.client, words.clientText) + links
            + u"</ul>\n"_s + fingerprintOf(words, facts)
            + u"<h2>%1</h2>\n<ul>\n"_s.arg(words.terminal) + lines + u"</ul>\n"_s;
}

QString section(const Words &words, const JoinFacts &facts)
{
    return u"<section lang=\"%1\">\n<p>%2</p>\n"_s.arg(words.language, words.welcome)
            + addresses(words, facts) + u"</section>\n"_s;
}

} // namespace

QByteArray joinPage(const JoinFacts &facts)
{
    const QString title = cleanLine(facts.serverName).toHtmlEscaped();
    QString html = QString(head).replace("%1"_L1, title);
    html += section(english(), facts) + section(chinese(), facts) + tail;
    return html.toUtf8();
}

} // namespace teahouse::server
