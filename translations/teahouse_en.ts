<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>teahouse::client::ClientApp</name>
    <message numerus="yes">
        <source>Connected again after %n second(s).</source>
        <translation>
            <numerusform>Connected again after %n second.</numerusform>
            <numerusform>Connected again after %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Connected again after %n minute(s).</source>
        <translation>
            <numerusform>Connected again after %n minute.</numerusform>
            <numerusform>Connected again after %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::ConnectionBar</name>
    <message numerus="yes">
        <source>Connection lost, reconnecting in %n s</source>
        <translation>
            <numerusform>Connection lost, reconnecting in %n s</numerusform>
            <numerusform>Connection lost, reconnecting in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::FailureText</name>
    <message numerus="yes">
        <source>That was too fast. Please wait %n second(s).</source>
        <translation>
            <numerusform>That was too fast. Please wait a second.</numerusform>
            <numerusform>That was too fast. Please wait %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There were too many attempts. Please try again in %n second(s).</source>
        <translation>
            <numerusform>There were too many attempts. Please try again in a second.</numerusform>
            <numerusform>There were too many attempts. Please try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::Form</name>
    <message numerus="yes">
        <source>That has %n characters too many. Shorten it to %1.</source>
        <translation>
            <numerusform>That has %n character too many. Shorten it to %1.</numerusform>
            <numerusform>That has %n characters too many. Shorten it to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::LinkForm</name>
    <message numerus="yes">
        <source>Its code lets %n people in, until %1.</source>
        <translation>
            <numerusform>Its code lets %n person in, until %1.</numerusform>
            <numerusform>Its code lets %n people in, until %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::NearbyList</name>
    <message numerus="yes">
        <source>%1 (%2), %n people</source>
        <translation>
            <numerusform>%1 (%2), %n person</numerusform>
            <numerusform>%1 (%2), %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::PasswordEdit</name>
    <message numerus="yes">
        <source>A password has at least %n characters.</source>
        <translation>
            <numerusform>A password has at least one character.</numerusform>
            <numerusform>A password has at least %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A password has at most %n characters.</source>
        <translation>
            <numerusform>A password has at most one character.</numerusform>
            <numerusform>A password has at most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::PeoplePane</name>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n person here</numerusform>
            <numerusform>%n people here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RetentionEdit</name>
    <message numerus="yes">
        <source> day(s)</source>
        <comment>behind a number in a field</comment>
        <translation>
            <numerusform> day</numerusform>
            <numerusform> days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomList</name>
    <message numerus="yes">
        <source>more than %n unread</source>
        <translation>
            <numerusform>more than %n unread</numerusform>
            <numerusform>more than %n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for you</source>
        <translation>
            <numerusform>%n for you</numerusform>
            <numerusform>%n for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomView</name>
    <message numerus="yes">
        <source>Only the first %n characters were pasted.</source>
        <translation>
            <numerusform>Only the first %n character was pasted.</numerusform>
            <numerusform>Only the first %n characters were pasted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters too many to send</source>
        <translation>
            <numerusform>%n character too many to send</numerusform>
            <numerusform>%n characters too many to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines too many to send</source>
        <translation>
            <numerusform>%n line too many to send</numerusform>
            <numerusform>%n lines too many to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The name has %n characters too many</source>
        <translation>
            <numerusform>The name has %n character too many</numerusform>
            <numerusform>The name has %n characters too many</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RowText</name>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation>
            <numerusform>%1 and %n other</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages were removed</source>
        <translation>
            <numerusform>%n message was removed</numerusform>
            <numerusform>%n messages were removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::SearchPane</name>
    <message numerus="yes">
        <source>The newest %n messages</source>
        <translation>
            <numerusform>The newest message</numerusform>
            <numerusform>The newest %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages found</source>
        <translation>
            <numerusform>%n message found</numerusform>
            <numerusform>%n messages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n of people whom you ignore</source>
        <extracomment>%1 is how many were found</extracomment>
        <translation>
            <numerusform>%1, and %n of people whom you ignore</numerusform>
            <numerusform>%1, and %n of people whom you ignore</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters too many to look for.</source>
        <translation>
            <numerusform>%n character too many to look for.</numerusform>
            <numerusform>%n characters too many to look for.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::TablePane</name>
    <message numerus="yes">
        <source>%n so far, and there is more</source>
        <translation>
            <numerusform>%n so far, and there is more</numerusform>
            <numerusform>%n so far, and there is more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in all</source>
        <translation>
            <numerusform>%n in all</numerusform>
            <numerusform>%n in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::TranscriptView</name>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n new messages</source>
        <translation>
            <numerusform>More than %n new message</numerusform>
            <numerusform>More than %n new messages</numerusform>
        </translation>
    </message>
</context>
</TS>
