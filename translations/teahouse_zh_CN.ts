<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>SlashCommand</name>
    <message>
        <source>TEXT</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>says what you are doing</source>
        <translation>描述您正在做什么</translation>
    </message>
    <message>
        <source>NAME [TEXT]</source>
        <translation>名字 [文字]</translation>
    </message>
    <message>
        <source>opens a private conversation</source>
        <translation>打开私聊</translation>
    </message>
    <message>
        <source>enters a room</source>
        <translation>进入房间</translation>
    </message>
    <message>
        <source>ROOM [TOPIC]</source>
        <translation>房间 [话题]</translation>
    </message>
    <message>
        <source>makes a new room</source>
        <translation>新建房间</translation>
    </message>
    <message>
        <source>leaves this room</source>
        <translation>离开本房间</translation>
    </message>
    <message>
        <source>[TEXT]</source>
        <translation>[文字]</translation>
    </message>
    <message>
        <source>sets the topic of this room, or shows it</source>
        <translation>设置或显示本房间的话题</translation>
    </message>
    <message>
        <source>tells the others why you are away, or that you are back</source>
        <translation>告诉其他人您为何离开，或您已回来</translation>
    </message>
    <message>
        <source>shows who is on the server</source>
        <translation>显示服务器上有谁</translation>
    </message>
    <message>
        <source>shows these commands</source>
        <translation>显示这些命令</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>hides what somebody says</source>
        <translation>不显示某人的发言</translation>
    </message>
    <message>
        <source>shows again what somebody says</source>
        <translation>重新显示某人的发言</translation>
    </message>
    <message>
        <source>makes your name an account with a password</source>
        <translation>用密码把您的名字注册为账号</translation>
    </message>
    <message>
        <source>changes your password</source>
        <translation>更改您的密码</translation>
    </message>
    <message>
        <source>makes you an administrator, by the server&apos;s one-time code</source>
        <translation>凭服务器的一次性代码成为管理员</translation>
    </message>
    <message>
        <source>ROOM [PASSWORD]</source>
        <translation>房间 [密码]</translation>
    </message>
    <message>
        <source>invites somebody to this room</source>
        <translation>邀请某人进入此房间</translation>
    </message>
    <message>
        <source>NAME [REASON]</source>
        <translation>名字 [理由]</translation>
    </message>
    <message>
        <source>removes somebody from this room</source>
        <translation>将某人移出此房间</translation>
    </message>
    <message>
        <source>NAME [server] [10m|2h|3d|forever] [REASON]</source>
        <translation>名字 [server] [10m|2h|3d|forever] [理由]</translation>
    </message>
    <message>
        <source>keeps somebody out of this room, or of the server</source>
        <translation>禁止某人进入此房间或服务器</translation>
    </message>
    <message>
        <source>NAME [server]</source>
        <translation>名字 [server]</translation>
    </message>
    <message>
        <source>lets somebody in again</source>
        <translation>重新允许某人进入</translation>
    </message>
    <message>
        <source>NAME [10m|2h|3d|forever] [REASON]</source>
        <translation>名字 [10m|2h|3d|forever] [理由]</translation>
    </message>
    <message>
        <source>lets somebody listen only</source>
        <translation>只让某人旁听</translation>
    </message>
    <message>
        <source>lets somebody speak again</source>
        <translation>重新允许某人发言</translation>
    </message>
    <message>
        <source>NAME member|moderator|owner|none</source>
        <translation>名字 member|moderator|owner|none</translation>
    </message>
    <message>
        <source>says what somebody is in this room</source>
        <translation>指定某人在此房间的角色</translation>
    </message>
    <message>
        <source>all|mentions|none</source>
        <translation>all|mentions|none</translation>
    </message>
    <message>
        <source>chooses what you are told of in this room</source>
        <translation>选择此房间的哪些消息会通知您</translation>
    </message>
</context>
<context>
    <name>teahouse::client</name>
    <message>
        <source>Try &quot;teahouse --help&quot;.</source>
        <translation>请尝试 &quot;teahouse --help&quot;。</translation>
    </message>
    <message>
        <source>A chat for people who share a network.</source>
        <translation>供同一网络中的人使用的聊天程序。</translation>
    </message>
    <message>
        <source>The server to log in to.</source>
        <translation>要登录的服务器。</translation>
    </message>
    <message>
        <source>The user name. With --server too, logs in at once.</source>
        <translation>用户名。与 --server 同时给出时立即登录。</translation>
    </message>
    <message>
        <source>A room to enter after the login.</source>
        <translation>登录后进入的房间。</translation>
    </message>
    <message>
        <source>Settings of their own, kept under this name.</source>
        <translation>以此名称单独保存的设置。</translation>
    </message>
    <message>
        <source>Unexpected argument &quot;%1&quot;.</source>
        <translation>多余的参数“%1”。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a server address: HOST or HOST:PORT is wanted.</source>
        <translation>“%1”不是服务器地址：应为“主机”或“主机:端口”。</translation>
    </message>
    <message>
        <source>A profile&apos;s name has letters, digits, &quot;-&quot; and &quot;_&quot; only.</source>
        <translation>配置名称只能包含字母、数字、“-”和“_”。</translation>
    </message>
    <message>
        <source>A link to a server, teahouse://..., to fill in.</source>
        <translation>服务器链接（teahouse://...），用于填写登录窗口。</translation>
    </message>
    <message>
        <source>A link names its server: leave out --server.</source>
        <translation>链接已包含服务器，请去掉 --server。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::AbsenceNote</name>
    <message>
        <source>%1 is not here and will read it later.</source>
        <translation>%1 现在不在，之后会看到。</translation>
    </message>
    <message>
        <source>%1 is not here any more.</source>
        <translation>%1 已经不在这里了。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::AccountFields</name>
    <message>
        <source>Pass&amp;word</source>
        <translation>密码(&amp;W)</translation>
    </message>
    <message>
        <source>empty for guests</source>
        <translation>访客留空</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>C&amp;reate an account with this name</source>
        <translation>用这个名字创建账号(&amp;R)</translation>
    </message>
    <message>
        <source>Password, once &amp;more</source>
        <translation>再次输入密码(&amp;M)</translation>
    </message>
    <message>
        <source>Password, once more</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>&amp;Invite code</source>
        <translation>邀请码(&amp;I)</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>邀请码</translation>
    </message>
    <message>
        <source>&amp;Send the password without encryption</source>
        <translation>不加密发送密码(&amp;S)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::AccountForm</name>
    <message>
        <source>&amp;Send it over the unencrypted connection</source>
        <translation>通过未加密的连接发送(&amp;S)</translation>
    </message>
    <message>
        <source>Others on the network could read it.</source>
        <translation>网络中的其他人可能会读到它。</translation>
    </message>
    <message>
        <source>The connection to the server is not encrypted: others on the network could read what you send. Nothing was sent; you may allow it here.</source>
        <translation>与服务器的连接未加密：网络中的其他人可能会读到您发送的内容。尚未发送任何内容；您可以在此允许发送。</translation>
    </message>
    <message>
        <source>There is no connection to the server. Please try again once there is.</source>
        <translation>与服务器没有连接。请在恢复连接后重试。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::AccountMenu</name>
    <message>
        <source>&amp;Account</source>
        <translation>账号(&amp;A)</translation>
    </message>
    <message>
        <source>%1, a guest</source>
        <translation>%1，访客</translation>
    </message>
    <message>
        <source>%1, with an account</source>
        <translation>%1，有账号</translation>
    </message>
    <message>
        <source>%1, an administrator</source>
        <translation>%1，管理员</translation>
    </message>
    <message>
        <source>&amp;Register This Name…</source>
        <translation>注册这个名字(&amp;R)…</translation>
    </message>
    <message>
        <source>Change &amp;Password…</source>
        <translation>更改密码(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Become Administrator…</source>
        <translation>成为管理员(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Ignored People…</source>
        <translation>已屏蔽的人(&amp;I)…</translation>
    </message>
</context>
<context>
    <name>teahouse::client::Accounts</name>
    <message>
        <source>Your name is registered already.</source>
        <translation>您的名字已经注册。</translation>
    </message>
    <message>
        <source>You are a guest and have no password. /register makes your name an account.</source>
        <translation>您是访客，没有密码。用 /register 可以把您的名字注册为账号。</translation>
    </message>
    <message>
        <source>An administrator needs an account. /register makes your name one.</source>
        <translation>管理员需要有账号。用 /register 可以把您的名字注册为账号。</translation>
    </message>
    <message>
        <source>You are an administrator already.</source>
        <translation>您已经是管理员。</translation>
    </message>
    <message>
        <source>Your name is registered now. Log in with the password next time.</source>
        <translation>您的名字现已注册。下次请用密码登录。</translation>
    </message>
    <message>
        <source>Your password was changed.</source>
        <translation>您的密码已更改。</translation>
    </message>
    <message>
        <source>You are an administrator of this server now.</source>
        <translation>您现在是这台服务器的管理员。</translation>
    </message>
    <message>
        <source>You cannot ignore yourself.</source>
        <translation>您不能屏蔽自己。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::AdminWindow</name>
    <message>
        <source>Administration</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Make &amp;Administrator</source>
        <translation>设为管理员(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Kick…</source>
        <translation>移出(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Ban…</source>
        <translation>封禁(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Remove Account…</source>
        <translation>删除帐号(&amp;R)…</translation>
    </message>
    <message>
        <source>New &amp;Invite Code…</source>
        <translation>新邀请码(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>人员(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Rooms</source>
        <translation>房间(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Bans</source>
        <translation>封禁(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>Take &amp;Administration Away</source>
        <translation>撤销管理员(&amp;A)</translation>
    </message>
    <message>
        <source>Remove the account of %1? They are logged out, and nobody will ever have this name again.</source>
        <translation>删除 %1 的帐号？此人将被登出，此名字今后任何人都不能再使用。</translation>
    </message>
    <message>
        <source>&amp;Erase everything they have said, for everybody</source>
        <translation>为所有人抹去此人说过的一切(&amp;E)</translation>
    </message>
    <message>
        <source>Remove Account</source>
        <translation>删除帐号</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Invite Code</source>
        <translation>邀请码</translation>
    </message>
    <message>
        <source>One person can register with this code, until %1.</source>
        <translation>一个人可以用此邀请码注册，有效期至 %1。</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>邀请码</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ChatActions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Room</source>
        <translation>房间(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Join…</source>
        <translation>加入(&amp;J)…</translation>
    </message>
    <message>
        <source>C&amp;reate…</source>
        <translation>新建(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>离开(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Topic…</source>
        <translation>话题(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Users</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Previous Room</source>
        <translation>上一个房间(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next Room</source>
        <translation>下一个房间(&amp;N)</translation>
    </message>
    <message>
        <source>Jump to the Ne&amp;west Message</source>
        <translation>跳到最新消息(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;About Teahouse</source>
        <translation>关于 Teahouse(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Jump to the First New &amp;Message</source>
        <translation>跳到第一条新消息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Edit My Last Message</source>
        <translation>修改我的上一条消息(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Delete My Last Message…</source>
        <translation>删除我的上一条消息(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Find in This Room…</source>
        <translation>在本房间中查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Find in &amp;All Rooms…</source>
        <translation>在所有房间中查找(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Invite…</source>
        <translation>邀请(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>通知(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Person</source>
        <translation>人员(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Administration…</source>
        <translation>管理(&amp;A)…</translation>
    </message>
    <message>
        <source>Complete a &amp;Name or Command</source>
        <translation>补全名字或命令(&amp;N)</translation>
    </message>
    <message>
        <source>Invitation Lin&amp;k…</source>
        <translation>邀请链接(&amp;K)…</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ChatWindow</name>
    <message>
        <source>Teahouse</source>
        <translation>Teahouse</translation>
    </message>
    <message>
        <source>About Teahouse</source>
        <translation>关于 Teahouse</translation>
    </message>
    <message>
        <source>Teahouse %1</source>
        <translation>Teahouse %1</translation>
    </message>
    <message>
        <source>A private chat for people who share a network.</source>
        <translation>供同一网络中的人使用的私人聊天室。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ClaimForm</name>
    <message>
        <source>Become Administrator</source>
        <translation>成为管理员</translation>
    </message>
    <message>
        <source>As long as the server has no administrator it prints a code at its start. Whoever enters it becomes the administrator.</source>
        <translation>服务器在没有管理员时，每次启动都会显示一个代码。输入该代码的人将成为管理员。</translation>
    </message>
    <message>
        <source>&amp;Become Administrator</source>
        <translation>成为管理员(&amp;B)</translation>
    </message>
    <message>
        <source>Please enter the code.</source>
        <translation>请输入代码。</translation>
    </message>
    <message>
        <source>That is not the code of the server&apos;s last start, or there is an administrator already.</source>
        <translation>这不是服务器最近一次启动时的代码，或者已经有管理员了。</translation>
    </message>
    <message>
        <source>&amp;Code:</source>
        <translation>代码(&amp;C)：</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ClientApp</name>
    <message>
        <source>The server has begun anew: what was said before is not there any more.</source>
        <translation>服务器已重新开始，之前的聊天内容已不存在。</translation>
    </message>
    <message numerus="yes">
        <source>Connected again after %n second(s).</source>
        <translation>
            <numerusform>断开 %n 秒后已重新连接。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Connected again after %n minute(s).</source>
        <translation>
            <numerusform>断开 %n 分钟后已重新连接。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::ClosedBar</name>
    <message>
        <source>Join Again</source>
        <translation>重新加入</translation>
    </message>
    <message>
        <source>Go to main</source>
        <translation>前往 main</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ConnectionBar</name>
    <message numerus="yes">
        <source>Connection lost, reconnecting in %n s</source>
        <translation>
            <numerusform>连接已断开，%n 秒后重新连接</numerusform>
        </translation>
    </message>
    <message>
        <source>Connection lost, reconnecting…</source>
        <translation>连接已断开，正在重新连接…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>how the connection is, and why</comment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Reconnec&amp;t</source>
        <translation>重新连接(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation>立即(&amp;N)</translation>
    </message>
    <message>
        <source>Reconnect now</source>
        <translation>立即重新连接</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Stop reconnecting</source>
        <translation>停止重新连接</translation>
    </message>
    <message>
        <source>&amp;Log In…</source>
        <translation>登录(&amp;L)…</translation>
    </message>
    <message>
        <source>Log in again</source>
        <translation>重新登录</translation>
    </message>
</context>
<context>
    <name>teahouse::client::CreateRoom</name>
    <message>
        <source>Create a Room</source>
        <translation>创建房间</translation>
    </message>
    <message>
        <source>What the room is about</source>
        <translation>房间谈论什么</translation>
    </message>
    <message>
        <source>Empty: one enters without</source>
        <translation>留空：无需密码即可进入</translation>
    </message>
    <message>
        <source>One enters by &amp;invitation only</source>
        <translation>仅受邀者可进入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Topic:</source>
        <translation>话题(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;What was said:</source>
        <translation>聊天记录(&amp;W)：</translation>
    </message>
    <message>
        <source>You are here as a guest: the room will belong to nobody, and vanish some time after everybody has left.</source>
        <translation>您是访客：此房间不属于任何人，所有人离开一段时间后它会消失。</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>创建(&amp;C)</translation>
    </message>
    <message>
        <source>Please enter a name for the room.</source>
        <translation>请输入房间名称。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::DeleteQuestion</name>
    <message>
        <source>Delete Message</source>
        <translation>删除消息</translation>
    </message>
    <message>
        <source>Delete this message for everybody? It cannot be brought back.</source>
        <translation>要为所有人删除这条消息吗？删除后无法恢复。</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::FailureText</name>
    <message>
        <source>it is empty</source>
        <translation>名称为空</translation>
    </message>
    <message>
        <source>it has more than 32 characters</source>
        <translation>超过 32 个字符</translation>
    </message>
    <message>
        <source>it must begin with a letter or a digit</source>
        <translation>必须以字母或数字开头</translation>
    </message>
    <message>
        <source>only letters, digits and - _ . may be in it</source>
        <translation>只能包含字母、数字和 - _ .</translation>
    </message>
    <message>
        <source>it contains an invisible character</source>
        <translation>包含不可见字符</translation>
    </message>
    <message>
        <source>it has too many marks on one letter</source>
        <translation>一个字母上的附加符号过多</translation>
    </message>
    <message>
        <source>it is reserved</source>
        <translation>该名称为系统保留</translation>
    </message>
    <message>
        <source>The name “%1” looks too much like “%2”, which is taken. Please choose another one.</source>
        <translation>名称“%1”与已被使用的“%2”过于相似，请另选一个。</translation>
    </message>
    <message>
        <source>That name is taken. Please choose another one.</source>
        <translation>该名称已被使用，请另选一个。</translation>
    </message>
    <message>
        <source>The name “%1” is taken. Please choose another one.</source>
        <translation>名称“%1”已被使用，请另选一个。</translation>
    </message>
    <message>
        <source>The name “%1” is not allowed: %2.</source>
        <translation>不能使用名称“%1”：%2。</translation>
    </message>
    <message>
        <source>That name is not allowed.</source>
        <translation>不能使用该名称。</translation>
    </message>
    <message>
        <source>Please enter a user name.</source>
        <translation>请输入用户名。</translation>
    </message>
    <message>
        <source>The name and the password do not belong together.</source>
        <translation>用户名与密码不匹配。</translation>
    </message>
    <message>
        <source>That name is registered and needs its password. Please choose another one.</source>
        <translation>该名称已注册，需要密码。请另选一个。</translation>
    </message>
    <message>
        <source>Registering needs an invite code. Ask an administrator for one.</source>
        <translation>注册需要邀请码，请向管理员索取。</translation>
    </message>
    <message>
        <source>Please log in first.</source>
        <translation>请先登录。</translation>
    </message>
    <message>
        <source>You are logged in already.</source>
        <translation>您已登录。</translation>
    </message>
    <message>
        <source>You are banned here.</source>
        <translation>您已被封禁。</translation>
    </message>
    <message>
        <source>There is no such room.</source>
        <translation>没有这个房间。</translation>
    </message>
    <message>
        <source>There is no room called “%1”.</source>
        <translation>没有名为“%1”的房间。</translation>
    </message>
    <message>
        <source>Nobody of that name is here.</source>
        <translation>这里没有叫这个名字的人。</translation>
    </message>
    <message>
        <source>Nobody called “%1” is here.</source>
        <translation>这里没有名为“%1”的人。</translation>
    </message>
    <message>
        <source>You are not in that room. Join it first.</source>
        <translation>您不在该房间中，请先加入。</translation>
    </message>
    <message>
        <source>You are not allowed to do that.</source>
        <translation>您没有权限这样做。</translation>
    </message>
    <message>
        <source>You are muted here.</source>
        <translation>您已被禁言。</translation>
    </message>
    <message>
        <source>That room is full.</source>
        <translation>该房间已满。</translation>
    </message>
    <message>
        <source>That room needs its password.</source>
        <translation>该房间需要密码。</translation>
    </message>
    <message>
        <source>It exists already.</source>
        <translation>已经存在。</translation>
    </message>
    <message>
        <source>“%1” exists already.</source>
        <translation>“%1”已经存在。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Another message was sent under the same number before.</source>
        <translation>之前已有另一条消息使用了相同的编号。</translation>
    </message>
    <message>
        <source>That is too long.</source>
        <translation>内容过长。</translation>
    </message>
    <message>
        <source>That is too many.</source>
        <translation>数量过多。</translation>
    </message>
    <message>
        <source>That was too fast. Please wait a moment.</source>
        <translation>操作太快，请稍候。</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full or too slow. Nothing was said; please try again.</source>
        <translation>服务器磁盘已满或过慢，消息未发出，请重试。</translation>
    </message>
    <message>
        <source>The server cannot store messages at the moment. Nothing was said; please try again.</source>
        <translation>服务器暂时无法保存消息，消息未发出，请重试。</translation>
    </message>
    <message>
        <source>The server did not understand the request.</source>
        <translation>服务器无法理解该请求。</translation>
    </message>
    <message>
        <source>The server does not know that command.</source>
        <translation>服务器不认识该命令。</translation>
    </message>
    <message>
        <source>The server is full. Please try again later.</source>
        <translation>服务器已满，请稍后再试。</translation>
    </message>
    <message>
        <source>This program and the server speak different versions of the protocol. Update the older of the two.</source>
        <translation>本程序与服务器的协议版本不同，请更新较旧的一方。</translation>
    </message>
    <message>
        <source>The connection is being closed.</source>
        <translation>连接正在关闭。</translation>
    </message>
    <message>
        <source>The server made a mistake. Its log says more.</source>
        <translation>服务器出错，详情请看其日志。</translation>
    </message>
    <message>
        <source>You were removed by a moderator.</source>
        <translation>您已被管理员移出。</translation>
    </message>
    <message>
        <source>You are banned from this server.</source>
        <translation>您已被此服务器封禁。</translation>
    </message>
    <message>
        <source>You have logged in from somewhere else. Log in to come back here.</source>
        <translation>您已在别处登录。要回到这里，请重新登录。</translation>
    </message>
    <message>
        <source>The server has heard nothing from you for too long.</source>
        <translation>服务器太久没有收到您的消息。</translation>
    </message>
    <message>
        <source>The connection was too slow for what was said.</source>
        <translation>连接过慢，跟不上聊天内容。</translation>
    </message>
    <message>
        <source>The server was sent a line that is too long.</source>
        <translation>发给服务器的一行内容过长。</translation>
    </message>
    <message>
        <source>The server is stopping. Please try again later.</source>
        <translation>服务器正在停止，请稍后再试。</translation>
    </message>
    <message>
        <source>Your password was changed. Please log in again.</source>
        <translation>您的密码已更改，请重新登录。</translation>
    </message>
    <message>
        <source>Please enter the address of a server.</source>
        <translation>请输入服务器地址。</translation>
    </message>
    <message>
        <source>“%1” is not a server address. It should look like host or host:port.</source>
        <translation>“%1”不是服务器地址，格式应为“主机”或“主机:端口”。</translation>
    </message>
    <message>
        <source>There is no host called “%1”. Please check the address.</source>
        <translation>找不到主机“%1”，请检查地址。</translation>
    </message>
    <message>
        <source>“%1” refused the connection. Is the server running on port %2?</source>
        <translation>“%1”拒绝了连接。服务器是否在端口 %2 上运行？</translation>
    </message>
    <message>
        <source>“%1” did not answer in time. Please check the address, or try again later.</source>
        <translation>“%1”没有及时响应。请检查地址，或稍后再试。</translation>
    </message>
    <message>
        <source>“%1” cannot be reached. Please check your network connection.</source>
        <translation>无法到达“%1”，请检查网络连接。</translation>
    </message>
    <message>
        <source>“%1” closed the connection without giving a reason. Please try again.</source>
        <translation>“%1”关闭了连接，未说明原因。请重试。</translation>
    </message>
    <message>
        <source>“%1” sent more than a Teahouse server may.</source>
        <translation>“%1”发送的数据超出了 Teahouse 服务器的限度。</translation>
    </message>
    <message>
        <source>The connection failed. Please try again.</source>
        <translation>连接失败，请重试。</translation>
    </message>
    <message>
        <source>The connection failed: %1</source>
        <translation>连接失败：%1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a sentence, and the server&apos;s own words</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>What answers at “%1”, port %2, does not speak that protocol. Please check the port, or choose another protocol by hand.</source>
        <translation>“%1”的端口 %2 上应答的服务器不使用该协议。请检查端口，或手动选择其他协议。</translation>
    </message>
    <message>
        <source>The server could not confirm yet that this was stored. It may still appear; trying again does not say it twice.</source>
        <translation>服务器还不能确认消息是否已保存。它可能还会出现；重试不会重复发送。</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full or too slow. The message stays as it was; please try again.</source>
        <translation>服务器的磁盘已满或太慢。消息保持原样，请重试。</translation>
    </message>
    <message>
        <source>The server cannot store changes at the moment. The message stays as it was; please try again.</source>
        <translation>服务器目前无法保存修改。消息保持原样，请重试。</translation>
    </message>
    <message>
        <source>The server could not confirm yet that the message was changed.</source>
        <translation>服务器还不能确认消息是否已修改。</translation>
    </message>
    <message>
        <source>That message is not there any more.</source>
        <translation>那条消息已不存在。</translation>
    </message>
    <message>
        <source>Only your own messages can be changed.</source>
        <translation>只能修改自己的消息。</translation>
    </message>
    <message>
        <source>There is no connection to the server. The message stays as it was.</source>
        <translation>没有连接到服务器。消息保持原样。</translation>
    </message>
    <message>
        <source>You are banned from “%1”.</source>
        <translation>您已被禁止进入“%1”。</translation>
    </message>
    <message>
        <source>You are muted in “%1”.</source>
        <translation>您在“%1”中已被禁言。</translation>
    </message>
    <message>
        <source>You are banned here until %1.</source>
        <translation>您在这里已被封禁，直到 %1。</translation>
    </message>
    <message>
        <source>You are muted here until %1.</source>
        <translation>您在这里已被禁言，直到 %1。</translation>
    </message>
    <message>
        <source>You are banned from “%1” until %2.</source>
        <translation>您已被禁止进入“%1”，直到 %2。</translation>
    </message>
    <message>
        <source>You are muted in “%1” until %2.</source>
        <translation>您在“%1”中已被禁言，直到 %2。</translation>
    </message>
    <message>
        <source>%1 Reason: %2</source>
        <extracomment>a sentence, and why it is so</extracomment>
        <translation>%1原因：%2</translation>
    </message>
    <message numerus="yes">
        <source>That was too fast. Please wait %n second(s).</source>
        <translation>
            <numerusform>太快了。请等待 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>The name and the password do not belong together. Please check both.</source>
        <translation>名字与密码不相符。请检查两者。</translation>
    </message>
    <message>
        <source>This server takes no guests. Please enter your password, or create an account.</source>
        <translation>这台服务器不接待访客。请输入密码，或创建账号。</translation>
    </message>
    <message>
        <source>The name “%1” is registered. Please enter its password, or choose another name.</source>
        <translation>名字“%1”已被注册。请输入它的密码，或换一个名字。</translation>
    </message>
    <message>
        <source>There were too many attempts. Please try again later.</source>
        <translation>尝试次数过多。请稍后再试。</translation>
    </message>
    <message numerus="yes">
        <source>There were too many attempts. Please try again in %n second(s).</source>
        <translation>
            <numerusform>尝试次数过多。请在 %n 秒后再试。</numerusform>
        </translation>
    </message>
    <message>
        <source>The name “%1” is taken. If it is yours, log in with its password; otherwise please choose another one.</source>
        <translation>名字“%1”已被占用。如果它是您的，请用它的密码登录；否则请换一个名字。</translation>
    </message>
    <message>
        <source>That invite code is not valid, or somebody has used it. Please check it, or ask an administrator for another one.</source>
        <translation>邀请码无效或已被使用。请检查，或向管理员索取新的邀请码。</translation>
    </message>
    <message>
        <source>This server creates accounts for those who have an invite code. Ask an administrator for one and enter it here.</source>
        <translation>在这台服务器上创建账号需要邀请码。请向管理员索取并在此输入。</translation>
    </message>
    <message>
        <source>This server lets nobody create an account. Ask an administrator for one.</source>
        <translation>这台服务器不允许自行创建账号。请向管理员申请。</translation>
    </message>
    <message>
        <source>This server has no accounts. Please log in without a password.</source>
        <translation>这台服务器没有账号。请不用密码登录。</translation>
    </message>
    <message>
        <source>The server takes no passwords over connections that are not encrypted. Log in without one, or ask its administrator to allow it (accounts.plain_passwords).</source>
        <translation>服务器不接受通过未加密的连接发送的密码。请不用密码登录，或请管理员允许（accounts.plain_passwords）。</translation>
    </message>
    <message>
        <source>The room “%1” is full.</source>
        <translation>聊天室“%1”已满。</translation>
    </message>
    <message>
        <source>The room “%1” needs its password.</source>
        <translation>进入聊天室“%1”需要密码。</translation>
    </message>
    <message>
        <source>The connection to “%1” is not encrypted: others on the network could read your password, so that it was not sent. You may log in without one, or allow it here.</source>
        <translation>与“%1”的连接未加密：网络中的其他人可能会读到您的密码，因此没有发送。您可以不用密码登录，或在此允许发送。</translation>
    </message>
    <message>
        <source>What “%1” speaks knows no passwords, so that yours was not sent. Please log in without one.</source>
        <translation>“%1”使用的协议没有密码，因此没有发送您的密码。请不用密码登录。</translation>
    </message>
    <message>
        <source>You are not allowed to do that. (%1)</source>
        <comment>the server&apos;s own words</comment>
        <translation>您没有权限这样做。（%1）</translation>
    </message>
    <message>
        <source>One enters the room “%1” by invitation only. Ask somebody in it to invite you.</source>
        <translation>房间“%1”只能受邀进入。请让房间里的人邀请您。</translation>
    </message>
    <message>
        <source>You are banned from this server until %1.</source>
        <translation>您已被此服务器封禁，直到 %1。</translation>
    </message>
    <message>
        <source>“%1” has banned you from this server until %2.</source>
        <translation>“%1”已将您从此服务器封禁，直到 %2。</translation>
    </message>
    <message>
        <source>“%1” has banned you from this server.</source>
        <translation>“%1”已将您从此服务器封禁。</translation>
    </message>
    <message>
        <source>“%1” has removed you.</source>
        <translation>“%1”已将您移出。</translation>
    </message>
    <message>
        <source>The key of “%1” has changed: the server was set up again, or someone pretends to be it. The connection was ended. Log in to compare the keys.</source>
        <translation>“%1”的密钥已更改：服务器可能重新安装过，也可能有人冒充。连接已断开。请重新登录并核对密钥。</translation>
    </message>
    <message>
        <source>“%1” has another key than the link names: the link is old, or someone pretends to be the server. Nothing was sent. Ask for a new link.</source>
        <translation>“%1”的密钥与链接中的不同：链接可能已过期，也可能有人冒充此服务器。未发送任何内容。请索取新的链接。</translation>
    </message>
    <message>
        <source>“%1” has another key than was announced nearby: the announcement is old, or someone pretends to be the server. Nothing was sent. Choose it again, or enter its address.</source>
        <translation>“%1”的密钥与公布的不同：公布的内容可能已过时，也可能有人冒充该服务器。未发送任何内容。请重新选择，或输入地址。</translation>
    </message>
    <message>
        <source>“%1” does not encrypt, and others could read along. The connection was ended. Log in to be asked about it.</source>
        <translation>“%1”未加密，他人可能看到内容。连接已断开。重新登录时会询问是否继续。</translation>
    </message>
    <message>
        <source>No encrypted connection to “%1” came about (%2). Check the port, or choose the protocol.</source>
        <translation>无法与“%1”建立加密连接（%2）。请检查端口，或选择协议。</translation>
    </message>
    <message>
        <source>“%1” has always encrypted, and does not now: its port is used by another program, or someone between you removes the encryption. Nothing was sent. Ask the server’s owner.</source>
        <translation>“%1”以前一直加密，现在没有：端口可能已由其他程序占用，也可能有人在中途去除了加密。未发送任何内容。请询问服务器的所有者。</translation>
    </message>
    <message>
        <source>“%1” says that it encrypts, but no encrypted connection came about: someone between you may prevent it. Nothing was sent. Try again from another network.</source>
        <translation>“%1”声明支持加密，但无法建立加密连接：可能有人在中途阻止。未发送任何内容。请换一个网络重试。</translation>
    </message>
    <message>
        <source>“%1” says nothing by itself on port %2. Try it encrypted, or choose its protocol yourself.</source>
        <translation>“%1”的端口 %2 未返回欢迎信息。请尝试加密连接，或手动选择协议。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::Finder</name>
    <message>
        <source>What was said there could not be loaded. Please try again.</source>
        <translation>无法载入那里的消息，请重试。</translation>
    </message>
    <message>
        <source>You are not in %1 any more. Join it to read there.</source>
        <translation>您已不在 %1 中。请先加入再阅读。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::Form</name>
    <message numerus="yes">
        <source>That has %n characters too many. Shorten it to %1.</source>
        <translation>
            <numerusform>超出 %n 个字符，请缩短到 %1 个以内。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::IgnoredPeople</name>
    <message>
        <source>Ignored People</source>
        <translation>已屏蔽的人</translation>
    </message>
    <message>
        <source>Ignored people</source>
        <translation>已屏蔽的人</translation>
    </message>
    <message>
        <source>&amp;Stop Ignoring</source>
        <translation>取消屏蔽(&amp;S)</translation>
    </message>
    <message>
        <source>You ignore nobody. Ignore somebody by the menu on their name.</source>
        <translation>您没有屏蔽任何人。可以在名字的菜单中屏蔽某人。</translation>
    </message>
    <message>
        <source>What these people say is not shown to you, on all your devices.</source>
        <translation>在您的所有设备上都不显示这些人的发言。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::Intents</name>
    <message>
        <source>There is no command /%1. /help lists them; //%1 says it as text.</source>
        <translation>没有 /%1 这个命令。输入 /help 查看所有命令，输入 //%1 则作为文字发送。</translation>
    </message>
    <message>
        <source>/%1 needs a name.</source>
        <translation>/%1 后面需要一个名称。</translation>
    </message>
    <message>
        <source>/%1 needs a text.</source>
        <translation>/%1 后面需要一段文字。</translation>
    </message>
    <message>
        <source>This room has no topic.</source>
        <translation>本房间没有话题。</translation>
    </message>
    <message>
        <source>Topic: %1</source>
        <translation>话题：%1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>a command and what it does</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 (away: %2)</source>
        <translation>%1（离开：%2）</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>between the names of a list</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source> …</source>
        <translation> …</translation>
    </message>
    <message>
        <source>On the server: %1</source>
        <translation>服务器上的用户：%1</translation>
    </message>
    <message>
        <source>That is not possible on this server.</source>
        <translation>这个服务器不支持该操作。</translation>
    </message>
    <message>
        <source>%1 was kicked.</source>
        <translation>已将 %1 移出。</translation>
    </message>
    <message>
        <source>%1 was invited to %2.</source>
        <translation>已邀请 %1 进入 %2。</translation>
    </message>
    <message>
        <source>%1 may speak again.</source>
        <translation>%1 可以重新发言了。</translation>
    </message>
    <message>
        <source>%1 may enter this room again.</source>
        <translation>%1 可以重新进入此房间了。</translation>
    </message>
    <message>
        <source>%1 may log in again.</source>
        <translation>%1 可以重新登录了。</translation>
    </message>
    <message>
        <source>%1 was muted.</source>
        <translation>已将 %1 禁言。</translation>
    </message>
    <message>
        <source>%1 was banned.</source>
        <translation>已将 %1 封禁。</translation>
    </message>
    <message>
        <source>/level needs all, mentions or none.</source>
        <translation>/level 后面需要 all、mentions 或 none。</translation>
    </message>
    <message>
        <source>You are told of all messages in this room.</source>
        <translation>此房间的所有消息都会通知您。</translation>
    </message>
    <message>
        <source>You are told of what is for you in this room.</source>
        <translation>此房间只有与您有关的消息会通知您。</translation>
    </message>
    <message>
        <source>You are told of nothing in this room.</source>
        <translation>此房间的任何消息都不会通知您。</translation>
    </message>
    <message>
        <source>%1 needs a password. Join it from the list of rooms.</source>
        <translation>加入 %1 需要密码。请从房间列表中加入。</translation>
    </message>
    <message>
        <source>You are in %1 now. Choose it in the list of rooms.</source>
        <translation>您已加入 %1。可在房间列表中选择。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::InvitationBar</name>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>%1 invites you to %2.</source>
        <translation>%1 邀请您进入 %2。</translation>
    </message>
    <message>
        <source>Join %1</source>
        <translation>加入 %1</translation>
    </message>
    <message>
        <source>Do not join %1 now</source>
        <translation>暂不加入 %1</translation>
    </message>
</context>
<context>
    <name>teahouse::client::InviteForm</name>
    <message>
        <source>Invite</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>They are told that you invite them to %1, and may enter it.</source>
        <translation>对方会得知您邀请其进入 %1，并可以进入。</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Invite</source>
        <translation>邀请(&amp;I)</translation>
    </message>
    <message>
        <source>Please enter a name.</source>
        <translation>请输入名字。</translation>
    </message>
    <message>
        <source>%1 was invited to %2.</source>
        <translation>已邀请 %1 进入 %2。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::KnownServers</name>
    <message>
        <source>The list of known servers cannot be read: %1. Check the permissions of “%2”. Until then every server is new.</source>
        <translation>无法读取已知服务器列表：%1。请检查“%2”的权限。在此之前，所有服务器都视为新服务器。</translation>
    </message>
    <message>
        <source>The list of known servers was damaged and is now “%1”. You will be asked about every server again: compare the fingerprints.</source>
        <translation>已知服务器列表已损坏，现存为“%1”。每个服务器都会重新询问，请核对指纹。</translation>
    </message>
    <message>
        <source>The list of known servers cannot be saved: %1. Check “%2”, or you will be asked about this server again.</source>
        <translation>无法保存已知服务器列表：%1。请检查“%2”，否则下次仍会询问此服务器。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::LinkForm</name>
    <message>
        <source>Invitation Link</source>
        <translation>邀请链接</translation>
    </message>
    <message>
        <source>With this link others find this server.</source>
        <translation>其他人可以通过此链接找到此服务器。</translation>
    </message>
    <message>
        <source>With this link others find this server and the room %1.</source>
        <translation>其他人可以通过此链接找到此服务器和房间 %1。</translation>
    </message>
    <message>
        <source>It works on this computer only. Log in by the computer’s address on the network for one that others can use.</source>
        <translation>此链接只在本机有效。如需供他人使用，请用本机的网络地址登录。</translation>
    </message>
    <message>
        <source>&amp;Link:</source>
        <translation>链接(&amp;L)：</translation>
    </message>
    <message>
        <source>Copy &amp;Picture</source>
        <translation>复制图片(&amp;P)</translation>
    </message>
    <message>
        <source>C&amp;opy Link</source>
        <translation>复制链接(&amp;O)</translation>
    </message>
    <message>
        <source>A code in the link lets people in where guests are not, and into rooms that are invitation only.</source>
        <translation>链接带上邀请码后，可进入不允许访客登录的服务器和仅限邀请的房间。</translation>
    </message>
    <message>
        <source>P&amp;eople it lets in:</source>
        <translation>可用人数(&amp;E)：</translation>
    </message>
    <message>
        <source>&amp;Days it is valid:</source>
        <translation>有效天数(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Add Code</source>
        <translation>添加邀请码(&amp;A)</translation>
    </message>
    <message>
        <source>The invitation link was copied.</source>
        <translation>邀请链接已复制。</translation>
    </message>
    <message>
        <source>The server’s answer has no code. Try again later.</source>
        <translation>服务器的回复中没有邀请码，请稍后重试。</translation>
    </message>
    <message numerus="yes">
        <source>Its code lets %n people in, until %1.</source>
        <translation>
            <numerusform>邀请码可供 %n 人使用，有效期至 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::LinkWords</name>
    <message>
        <source>That is not a link to a server. It should look like teahouse://host or teahouse://host/room.</source>
        <translation>这不是服务器链接。链接的形式应为 teahouse://主机 或 teahouse://主机/房间。</translation>
    </message>
    <message>
        <source>The link names a room that cannot exist. Ask for a new link.</source>
        <translation>链接中的房间名称无效。请索取新的链接。</translation>
    </message>
    <message>
        <source>The fingerprint in the link is damaged. Ask for a new link.</source>
        <translation>链接中的指纹已损坏。请索取新的链接。</translation>
    </message>
    <message>
        <source>The invite code in the link is damaged. Ask for a new link.</source>
        <translation>链接中的邀请码已损坏。请索取新的链接。</translation>
    </message>
    <message>
        <source>The link leads to the room “%1”.</source>
        <translation>链接指向房间“%1”。</translation>
    </message>
    <message>
        <source>It invites you.</source>
        <translation>其中有给您的邀请。</translation>
    </message>
    <message>
        <source>It names the key that the server must have.</source>
        <translation>其中指明了服务器应有的密钥。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::LockButton</name>
    <message>
        <source>Not encrypted: others on the network can read along.</source>
        <translation>未加密：网络上的其他人可以看到内容。</translation>
    </message>
    <message>
        <source>Encrypted; you trusted this key on %1.</source>
        <extracomment>the day is written as the next text says</extracomment>
        <translation>已加密；您于 %1信任了此密钥。</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a day, as Qt formats it</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>Encrypted; a certificate authority vouches for this server.</source>
        <translation>已加密；证书颁发机构已证明此服务器的身份。</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>指纹：%1</translation>
    </message>
</context>
<context>
    <name>teahouse::client::LoginWindow</name>
    <message>
        <source>Log In - Teahouse</source>
        <translation>登录 - Teahouse</translation>
    </message>
    <message>
        <source>Teahouse</source>
        <translation>Teahouse</translation>
    </message>
    <message>
        <source>Take a seat: who are you, and where shall we meet?</source>
        <translation>请坐：怎么称呼您，在哪里碰面？</translation>
    </message>
    <message>
        <source>Server &amp;address</source>
        <translation>服务器地址(&amp;A)</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>User &amp;name</source>
        <translation>用户名(&amp;N)</translation>
    </message>
    <message>
        <source>how the others will see you</source>
        <translation>其他人看到的名字</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>登录(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <comment>protocol</comment>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Teahouse</source>
        <comment>protocol</comment>
        <translation>Teahouse</translation>
    </message>
    <message>
        <source>Tea</source>
        <comment>protocol</comment>
        <translation>Tea</translation>
    </message>
    <message>
        <source>wx</source>
        <comment>protocol</comment>
        <translation>wx</translation>
    </message>
    <message>
        <source>Guest chat</source>
        <comment>protocol</comment>
        <translation>访客聊天（guest）</translation>
    </message>
    <message>
        <source>Relay</source>
        <comment>protocol</comment>
        <translation>中继（relay）</translation>
    </message>
    <message>
        <source>Line</source>
        <comment>protocol</comment>
        <translation>逐行（line）</translation>
    </message>
    <message>
        <source>NUL-framed</source>
        <comment>protocol</comment>
        <translation>NUL 分帧（nul）</translation>
    </message>
    <message>
        <source>host or host:port (usually %1)</source>
        <translation>主机或 主机:端口（通常为 %1）</translation>
    </message>
    <message>
        <source>This kind of server asks for no name and does not tell who said what.</source>
        <translation>这类服务器不要求名称，也不显示发言者。</translation>
    </message>
    <message>
        <source>This kind of server asks for no name: the others see the address you come from.</source>
        <translation>这类服务器不要求名称：其他人看到的是您的地址。</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>协议(&amp;P)</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>What the server speaks. Choose it by hand for a server that does not greet.</source>
        <translation>服务器使用的协议。如果服务器连接后不发问候，请手动选择。</translation>
    </message>
    <message>
        <source>Create Accoun&amp;t</source>
        <translation>创建账号(&amp;T)</translation>
    </message>
    <message>
        <source>This is not the “%1” that you know: its key is another. If its owner has told you of a new one, enter its address.</source>
        <translation>这不是您认识的“%1”：密钥不同。如果服务器的主人告诉过您换了密钥，请输入地址登录。</translation>
    </message>
    <message>
        <source>Try &amp;Encrypted</source>
        <translation>尝试加密(&amp;E)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ModelWiring</name>
    <message>
        <source>The server did not pass it on.</source>
        <translation>服务器没有转发这条消息。</translation>
    </message>
    <message>
        <source>The connection was lost; it may have arrived or not.</source>
        <translation>连接已断开，无法确定消息是否送达。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::NearbyList</name>
    <message>
        <source>Claims to be “%1”, is not (%2)</source>
        <translation>自称“%1”，并不是（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%2), %n people</source>
        <translation>
            <numerusform>%1（%2），%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Some networks hide servers. Ask for the address or the link.</source>
        <translation>有些网络会隐藏服务器。请向他人询问地址或链接。</translation>
    </message>
    <message>
        <source>Looking for servers…</source>
        <translation>正在查找服务器…</translation>
    </message>
    <message>
        <source>Near&amp;by</source>
        <translation>附近(&amp;B)</translation>
    </message>
    <message>
        <source>Servers nearby</source>
        <translation>附近的服务器</translation>
    </message>
</context>
<context>
    <name>teahouse::client::PasswordEdit</name>
    <message>
        <source>Hide the password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>Caps Lock seems to be on.</source>
        <translation>大写锁定似乎已打开。</translation>
    </message>
    <message numerus="yes">
        <source>A password has at least %n characters.</source>
        <translation>
            <numerusform>密码至少要有 %n 个字符。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A password has at most %n characters.</source>
        <translation>
            <numerusform>密码最多 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The two passwords are not the same.</source>
        <translation>两次输入的密码不一致。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::PasswordForm</name>
    <message>
        <source>Change Password</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>Your other devices will have to log in again.</source>
        <translation>您的其他设备需要重新登录。</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>更改(&amp;C)</translation>
    </message>
    <message>
        <source>Please enter your old password.</source>
        <translation>请输入旧密码。</translation>
    </message>
    <message>
        <source>The old password is not right. Please check it.</source>
        <translation>旧密码不正确。请检查。</translation>
    </message>
    <message>
        <source>&amp;Old password:</source>
        <translation>旧密码(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;New password:</source>
        <translation>新密码(&amp;N)：</translation>
    </message>
    <message>
        <source>New password, once &amp;more:</source>
        <translation>再次输入新密码(&amp;M)：</translation>
    </message>
</context>
<context>
    <name>teahouse::client::PeoplePane</name>
    <message>
        <source>&amp;Private Conversation</source>
        <translation>私聊(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>这里有 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter people</source>
        <translation>筛选用户</translation>
    </message>
    <message>
        <source>People</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>&amp;Stop Ignoring</source>
        <translation>取消屏蔽(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Ignore</source>
        <translation>屏蔽(&amp;I)</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>away: %1</source>
        <translation>离开：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between what is read aloud about somebody</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>已屏蔽</translation>
    </message>
</context>
<context>
    <name>teahouse::client::PersonActions</name>
    <message>
        <source>%1 was invited to %2.</source>
        <translation>已邀请 %1 进入 %2。</translation>
    </message>
    <message>
        <source>You are in no other room.</source>
        <translation>您不在其他房间中。</translation>
    </message>
    <message>
        <source>They are not in this room.</source>
        <translation>此人不在此房间中。</translation>
    </message>
    <message>
        <source>&amp;Kick…</source>
        <translation>移出(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Mute…</source>
        <translation>禁言(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Unmute</source>
        <translation>解除禁言(&amp;U)</translation>
    </message>
    <message>
        <source>%1 may speak again.</source>
        <translation>%1 可以重新发言了。</translation>
    </message>
    <message>
        <source>&amp;Ban…</source>
        <translation>封禁(&amp;B)…</translation>
    </message>
    <message>
        <source>U&amp;nban</source>
        <translation>解除封禁(&amp;N)</translation>
    </message>
    <message>
        <source>%1 may enter this room again.</source>
        <translation>%1 可以重新进入此房间了。</translation>
    </message>
    <message>
        <source>Unban from the &amp;Server</source>
        <translation>解除服务器封禁(&amp;S)</translation>
    </message>
    <message>
        <source>%1 may log in again.</source>
        <translation>%1 可以重新登录了。</translation>
    </message>
    <message>
        <source>They have no role here.</source>
        <translation>此人在这里没有角色。</translation>
    </message>
    <message>
        <source>That is what they are.</source>
        <translation>此人已是此角色。</translation>
    </message>
    <message>
        <source>Make M&amp;oderator</source>
        <translation>设为协管员(&amp;O)</translation>
    </message>
    <message>
        <source>Make M&amp;ember</source>
        <translation>设为成员(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Take the Role Away</source>
        <translation>撤销角色(&amp;T)</translation>
    </message>
    <message>
        <source>Make O&amp;wner…</source>
        <translation>设为房主(&amp;W)…</translation>
    </message>
    <message>
        <source>Make %1 the owner of this room? Only they can give it back.</source>
        <translation>将 %1 设为此房间的房主？只有对方才能再交还给您。</translation>
    </message>
    <message>
        <source>Hand Over the Room</source>
        <translation>移交房间</translation>
    </message>
    <message>
        <source>&amp;Hand Over</source>
        <translation>移交(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>In&amp;vite to Room</source>
        <translation>邀请进入房间(&amp;V)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::PersonDelegate</name>
    <message>
        <source>%1 (offline)</source>
        <translation>%1（离线）</translation>
    </message>
    <message>
        <source>%1 (away)</source>
        <translation>%1（离开）</translation>
    </message>
    <message>
        <source>%1 (ignored)</source>
        <translation>%1（已屏蔽）</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RegisterForm</name>
    <message>
        <source>Register This Name</source>
        <translation>注册这个名字</translation>
    </message>
    <message>
        <source>With an account the name %1 is yours, also while you are not here: you keep your rooms and find what was written to you. You log in with the password from then on.</source>
        <translation>有了账号，即使您不在，名字 %1 也属于您：您的聊天室会保留，别人写给您的话也能看到。以后请用密码登录。</translation>
    </message>
    <message>
        <source>&amp;Register</source>
        <translation>注册(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>Password, once &amp;more:</source>
        <translation>再次输入密码(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Invite code:</source>
        <translation>邀请码(&amp;I)：</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RetentionEdit</name>
    <message>
        <source>Keep for ever</source>
        <translation>永久保留</translation>
    </message>
    <message>
        <source>Keep for some days</source>
        <translation>保留若干天</translation>
    </message>
    <message>
        <source>Keep nothing</source>
        <translation>不保留</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>聊天记录</translation>
    </message>
    <message>
        <source>Days to keep what was said</source>
        <translation>聊天记录保留天数</translation>
    </message>
    <message numerus="yes">
        <source> day(s)</source>
        <comment>behind a number in a field</comment>
        <translation>
            <numerusform> 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomDelegate</name>
    <message>
        <source>%1 (closed)</source>
        <translation>%1（已关闭）</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomDesk</name>
    <message>
        <source>&amp;All Messages</source>
        <translation>所有消息(&amp;A)</translation>
    </message>
    <message>
        <source>Only What Is for &amp;Me</source>
        <translation>仅与我有关的(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>不通知(&amp;N)</translation>
    </message>
    <message>
        <source>Select somebody in the list of people first.</source>
        <translation>请先在人员列表中选择一个人。</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>通知(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>You wrote this earlier to someone with this name, and did not send it: %1</source>
        <translation>这是您之前写给同名用户、尚未发送的内容：%1</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomDirectory</name>
    <message>
        <source>Join a Room</source>
        <translation>加入房间</translation>
    </message>
    <message>
        <source>Filter, or the name of a room that is not listed</source>
        <translation>筛选，或输入未列出的房间名称</translation>
    </message>
    <message>
        <source>&amp;Password of the room:</source>
        <translation>房间密码(&amp;P)：</translation>
    </message>
    <message>
        <source>Create a &amp;New Room…</source>
        <translation>创建新房间(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Join</source>
        <translation>加入(&amp;J)</translation>
    </message>
    <message>
        <source>Please enter the room&apos;s password.</source>
        <translation>请输入房间密码。</translation>
    </message>
    <message>
        <source>That is not the room&apos;s password.</source>
        <translation>房间密码不正确。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomKeyForm</name>
    <message>
        <source>Password of the Room</source>
        <translation>房间密码</translation>
    </message>
    <message>
        <source>One enters %1 with a password.</source>
        <translation>进入 %1 需要密码。</translation>
    </message>
    <message>
        <source>&amp;Password of the room:</source>
        <translation>房间密码(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Join</source>
        <translation>加入(&amp;J)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomList</name>
    <message>
        <source>&amp;Leave</source>
        <translation>离开(&amp;L)</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message numerus="yes">
        <source>more than %n unread</source>
        <translation>
            <numerusform>超过 %n 条未读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for you</source>
        <translation>
            <numerusform>%n 条与您有关</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a room read aloud</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>a room the user is no longer in</comment>
        <translation>已关闭</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomSettings</name>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>One enters by &amp;invitation only</source>
        <translation>仅受邀者可进入(&amp;I)</translation>
    </message>
    <message>
        <source>One enters with a &amp;password</source>
        <translation>需要密码才能进入(&amp;P)</translation>
    </message>
    <message>
        <source>Only &amp;moderators speak</source>
        <translation>仅协管员可发言(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Topic:</source>
        <translation>话题(&amp;T)：</translation>
    </message>
    <message>
        <source>Ne&amp;w password:</source>
        <translation>新密码(&amp;W)：</translation>
    </message>
    <message>
        <source>What was &amp;said:</source>
        <translation>聊天记录(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Hand Over…</source>
        <translation>移交(&amp;H)…</translation>
    </message>
    <message>
        <source>New &amp;owner:</source>
        <translation>新房主(&amp;O)：</translation>
    </message>
    <message>
        <source>New owner</source>
        <translation>新房主</translation>
    </message>
    <message>
        <source>&amp;Ban…</source>
        <translation>封禁(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Mute…</source>
        <translation>禁言(&amp;M)…</translation>
    </message>
    <message>
        <source>Bans and Mutes</source>
        <translation>封禁与禁言</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Empty: as it was</source>
        <translation>留空：保持不变</translation>
    </message>
    <message>
        <source>Only the room&apos;s owner and administrators change these settings.</source>
        <translation>只有房主和管理员可以更改这些设置。</translation>
    </message>
    <message>
        <source>Everything that was said in this room will be erased for everybody, and nothing will be kept from then on.</source>
        <translation>此房间说过的一切将为所有人抹去，今后也不再保留任何内容。</translation>
    </message>
    <message>
        <source>What is older will be erased for everybody.</source>
        <translation>更早的内容将为所有人抹去。</translation>
    </message>
    <message>
        <source>Please enter a password, or let everybody enter without.</source>
        <translation>请输入密码，或允许所有人无需密码进入。</translation>
    </message>
    <message>
        <source>Erase What Was Said</source>
        <translation>抹去聊天记录</translation>
    </message>
    <message>
        <source>It cannot be brought back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>抹去(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
    <message>
        <source>Please choose who is to be the owner.</source>
        <translation>请选择由谁担任房主。</translation>
    </message>
    <message>
        <source>%1 will own the room, and you will not any more. Only they can give it back.</source>
        <translation>%1 将成为房主，而您不再是。只有对方才能再交还给您。</translation>
    </message>
    <message>
        <source>Hand Over the Room</source>
        <translation>移交房间</translation>
    </message>
    <message>
        <source>&amp;Hand Over</source>
        <translation>移交(&amp;H)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomTables</name>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>封禁</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>禁言</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>the server&apos;s shell</source>
        <translation>服务器命令行</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Filter rooms</source>
        <translation>筛选房间</translation>
    </message>
    <message>
        <source>There are no rooms that you could enter.</source>
        <translation>没有您可以进入的房间。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>注册时间</translation>
    </message>
    <message>
        <source>Last Seen</source>
        <translation>最近在线</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>帐号</translation>
    </message>
    <message>
        <source>Filter people</source>
        <translation>筛选人员</translation>
    </message>
    <message>
        <source>Nobody has an account.</source>
        <translation>还没有人注册帐号。</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What</source>
        <translation>处分</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>直至</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>By</source>
        <translation>执行人</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Bans and mutes</source>
        <translation>封禁与禁言</translation>
    </message>
    <message>
        <source>Filter bans</source>
        <translation>筛选封禁</translation>
    </message>
    <message>
        <source>Nobody is banned or muted.</source>
        <translation>没有人被封禁或禁言。</translation>
    </message>
    <message>
        <source>&amp;Lift</source>
        <translation>解除(&amp;L)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Particulars</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
    <message>
        <source>Nothing has been done yet.</source>
        <translation>还没有任何操作。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomView</name>
    <message numerus="yes">
        <source>Only the first %n characters were pasted.</source>
        <translation>
            <numerusform>只粘贴了前 %n 个字符。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters too many to send</source>
        <translation>
            <numerusform>超出 %n 个字符，无法发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>还可输入 %n 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Users</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>发消息到 %1</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>You are editing your message. Esc leaves it as it was.</source>
        <translation>您正在修改自己的消息。按 Esc 保持原样。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel editing</source>
        <translation>取消修改</translation>
    </message>
    <message>
        <source>Edited message</source>
        <translation>修改的消息</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>The message you were editing is no longer there. Your text stays until you cancel; copy what you need.</source>
        <translation>正在编辑的消息已不存在。取消前文字会保留，可复制所需内容。</translation>
    </message>
    <message>
        <source>You cannot send messages here.</source>
        <translation>无法在此发送消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n lines too many to send</source>
        <translation>
            <numerusform>超出 %n 行，无法发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The name has %n characters too many</source>
        <translation>
            <numerusform>名称超出 %n 个字符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::RoomWords</name>
    <message>
        <source>There is no connection to the server at the moment. Please try again.</source>
        <translation>目前没有与服务器的连接。请重试。</translation>
    </message>
    <message>
        <source>One enters this room by invitation only. Ask somebody in it to invite you.</source>
        <translation>此房间仅受邀者可进入。请让房间里的人邀请您。</translation>
    </message>
    <message>
        <source>That is not the room&apos;s password.</source>
        <translation>房间密码不正确。</translation>
    </message>
    <message>
        <source>The server cannot store changes at the moment. Nothing was changed; please try again.</source>
        <translation>服务器目前无法保存更改。没有任何改动；请重试。</translation>
    </message>
    <message>
        <source>This server cannot do that.</source>
        <translation>此服务器不支持该操作。</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>房主</translation>
    </message>
    <message>
        <source>moderator</source>
        <translation>协管员</translation>
    </message>
    <message>
        <source>member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>invitation only</source>
        <translation>仅限受邀</translation>
    </message>
    <message>
        <source>password</source>
        <translation>有密码</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the marks of a room</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Not in a private conversation.</source>
        <translation>私聊中不可用。</translation>
    </message>
    <message>
        <source>Only moderators speak here.</source>
        <translation>这里只有协管员可以发言。</translation>
    </message>
    <message>
        <source>Only moderators of the room may do that.</source>
        <translation>只有此房间的协管员可以这样做。</translation>
    </message>
    <message>
        <source>Only the room&apos;s owner may do that.</source>
        <translation>只有房主可以这样做。</translation>
    </message>
    <message>
        <source>Only administrators may do that.</source>
        <translation>只有管理员可以这样做。</translation>
    </message>
    <message>
        <source>You cannot do that to yourself.</source>
        <translation>不能对自己这样做。</translation>
    </message>
    <message>
        <source>Their role is not below yours.</source>
        <translation>对方的角色不低于您。</translation>
    </message>
    <message>
        <source>Only people with an account can have a role.</source>
        <translation>只有拥有帐号的人才能有角色。</translation>
    </message>
    <message>
        <source>The main room belongs to nobody.</source>
        <translation>主房间不属于任何人。</translation>
    </message>
    <message>
        <source>Everybody is in the main room anyway.</source>
        <translation>所有人本来就在主房间中。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>a date and a time</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>You are muted here</source>
        <translation>您在这里被禁言</translation>
    </message>
    <message>
        <source>You are muted until %1</source>
        <translation>您被禁言至 %1</translation>
    </message>
    <message>
        <source>%1.</source>
        <extracomment>a whole sentence</extracomment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>what is so, and why</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>a sentence, and the server&apos;s own words</extracomment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>kicked</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>封禁</translation>
    </message>
    <message>
        <source>lifted the ban of</source>
        <translation>解除封禁</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>禁言</translation>
    </message>
    <message>
        <source>lifted the mute of</source>
        <translation>解除禁言</translation>
    </message>
    <message>
        <source>changed the role of</source>
        <translation>更改角色</translation>
    </message>
    <message>
        <source>changed the room</source>
        <translation>更改房间设置</translation>
    </message>
    <message>
        <source>invited</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>made an invite code</source>
        <translation>生成邀请码</translation>
    </message>
    <message>
        <source>took back an invite code</source>
        <translation>撤销邀请码</translation>
    </message>
    <message>
        <source>changed the standing of</source>
        <translation>更改管理员身份</translation>
    </message>
    <message>
        <source>removed the account of</source>
        <translation>删除帐号</translation>
    </message>
    <message>
        <source>became administrator</source>
        <translation>成为管理员</translation>
    </message>
    <message>
        <source>changed the password of</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>deleted a message of</source>
        <translation>删除消息</translation>
    </message>
    <message>
        <source>%1 has muted you until %2</source>
        <translation>%1 已将您禁言，直到 %2</translation>
    </message>
    <message>
        <source>%1 has muted you</source>
        <translation>%1 已将您禁言</translation>
    </message>
    <message>
        <source>%1 invites you to %2.</source>
        <translation>%1 邀请您进入 %2。</translation>
    </message>
    <message>
        <source>%1 has removed you from %2</source>
        <translation>%1 已将您移出 %2</translation>
    </message>
    <message>
        <source>%1 has banned you from %2 until %3</source>
        <translation>%1 已禁止您进入 %2，直到 %3</translation>
    </message>
    <message>
        <source>%1 has banned you from %2</source>
        <translation>%1 已禁止您进入 %2</translation>
    </message>
    <message>
        <source>%1 has muted you on the whole server until %2</source>
        <translation>%1 已将您在整个服务器上禁言，直到 %2</translation>
    </message>
    <message>
        <source>%1 has muted you on the whole server</source>
        <translation>%1 已将您在整个服务器上禁言</translation>
    </message>
    <message>
        <source>%1 has muted you in %2 until %3</source>
        <translation>%1 已将您在 %2 中禁言，直到 %3</translation>
    </message>
    <message>
        <source>%1 has muted you in %2</source>
        <translation>%1 已将您在 %2 中禁言</translation>
    </message>
    <message>
        <source>You may speak again.</source>
        <translation>您可以发言了。</translation>
    </message>
    <message>
        <source>You may speak in %1 again.</source>
        <translation>您可以在 %1 中发言了。</translation>
    </message>
    <message>
        <source>%1 has taken your role in %2 away.</source>
        <translation>%1 取消了您在 %2 中的角色。</translation>
    </message>
    <message>
        <source>%1 has given you a role in %2: %3.</source>
        <translation>%1 给了您在 %2 中的角色：%3。</translation>
    </message>
    <message>
        <source>You were removed from this room</source>
        <translation>您已被移出本房间</translation>
    </message>
    <message>
        <source>%1 removed you from this room</source>
        <translation>%1 已将您移出本房间</translation>
    </message>
    <message>
        <source>You are banned from this room until %1</source>
        <translation>您已被本房间封禁至 %1</translation>
    </message>
    <message>
        <source>%1 banned you from this room until %2</source>
        <translation>%1 已在本房间将您封禁至 %2</translation>
    </message>
    <message>
        <source>You are banned from this room</source>
        <translation>您已被本房间封禁</translation>
    </message>
    <message>
        <source>%1 banned you from this room</source>
        <translation>%1 已在本房间封禁您</translation>
    </message>
    <message>
        <source>You left this conversation.</source>
        <translation>您已离开此私聊。</translation>
    </message>
    <message>
        <source>You left this room.</source>
        <translation>您已离开本房间。</translation>
    </message>
    <message>
        <source>You are no longer in this room, and could not join it again.</source>
        <translation>您已不在本房间，且无法重新加入。</translation>
    </message>
    <message>
        <source>The server was reset. This conversation has ended.</source>
        <translation>服务器已重置，此私聊已结束。</translation>
    </message>
    <message>
        <source>The person you were writing to is gone, and someone else is using that name now. This conversation has ended.</source>
        <translation>对方已离开，该用户名现由他人使用。此私聊已结束。</translation>
    </message>
    <message>
        <source>This conversation has ended.</source>
        <translation>此私聊已结束。</translation>
    </message>
    <message>
        <source>You are no longer in this room. It was deleted, or you left it on another device.</source>
        <translation>您已不在本房间：房间已删除，或您在其他设备上离开了。</translation>
    </message>
    <message>
        <source>%1 So is the address %2.</source>
        <extracomment>a sentence, and an address</extracomment>
        <translation>%1 地址 %2 同样生效。</translation>
    </message>
    <message>
        <source>%1 This applies to the name only: others may share the address.</source>
        <extracomment>a sentence</extracomment>
        <translation>%1 仅对名称生效：该地址可能由多人共用。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RowLayout</name>
    <message>
        <source>(edited)</source>
        <translation>（已编辑）</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>未发送。</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>(you)</source>
        <comment>behind one&apos;s own name</comment>
        <translation>（您）</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>尚未确认。</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
</context>
<context>
    <name>teahouse::client::RowText</name>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation>
            <numerusform>%1 和另外 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 entered</source>
        <comment>who</comment>
        <translation>%1 进入了房间</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>who</comment>
        <translation>%1 离开了房间</translation>
    </message>
    <message>
        <source>%1 entered and left</source>
        <comment>who</comment>
        <translation>%1 进入后又离开了</translation>
    </message>
    <message>
        <source>%1 left and came back</source>
        <comment>who</comment>
        <translation>%1 离开后又回来了</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between sentences</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>%1 deleted a message</source>
        <translation>%1 删除了一条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were removed</source>
        <translation>
            <numerusform>%n 条消息已被移除</numerusform>
        </translation>
    </message>
    <message>
        <source>* %1 %2</source>
        <comment>what somebody does, after /me</comment>
        <translation>* %1 %2</translation>
    </message>
    <message>
        <source>%1 removed the topic</source>
        <translation>%1 移除了话题</translation>
    </message>
    <message>
        <source>%1 changed the topic to: %2</source>
        <translation>%1 将话题改为：%2</translation>
    </message>
    <message>
        <source>%1 has no role any more</source>
        <translation>%1 不再担任任何角色</translation>
    </message>
    <message>
        <source>%1 is now %2</source>
        <comment>a person, a role</comment>
        <translation>%1 现在是 %2</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>mentions you</source>
        <translation>提到了您</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a message read aloud</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>The messages in between could not be loaded.</source>
        <translation>无法载入中间的消息。</translation>
    </message>
    <message>
        <source>Loading the messages in between…</source>
        <translation>正在载入中间的消息…</translation>
    </message>
    <message>
        <source>not confirmed yet</source>
        <translation>尚未确认</translation>
    </message>
    <message>
        <source>%1 is now a member</source>
        <translation>%1 现在是成员</translation>
    </message>
    <message>
        <source>%1 is now a moderator</source>
        <translation>%1 现在是协管员</translation>
    </message>
    <message>
        <source>%1 is now the owner</source>
        <translation>%1 现在是房主</translation>
    </message>
    <message>
        <source>%1 logged out</source>
        <comment>who</comment>
        <translation>%1 已退出登录</translation>
    </message>
    <message>
        <source>%1 lost the connection</source>
        <comment>who</comment>
        <translation>%1 掉线了</translation>
    </message>
    <message>
        <source>%1 was kicked</source>
        <comment>who</comment>
        <translation>%1 被移出</translation>
    </message>
    <message>
        <source>%1 was banned</source>
        <comment>who</comment>
        <translation>%1 被封禁</translation>
    </message>
</context>
<context>
    <name>teahouse::client::SanctionForm</name>
    <message>
        <source>A name, an address or a network</source>
        <translation>名字、地址或网段</translation>
    </message>
    <message>
        <source>&amp;Whom:</source>
        <translation>对象(&amp;W)：</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <extracomment>a name, and the room where somebody is</extracomment>
        <translation>%1，在 %2</translation>
    </message>
    <message>
        <source>This is somebody without a name of their own: it will hold for the address from which they came.</source>
        <translation>此人没有自己的名字：此处分将对其来源地址生效。</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>在此房间</translation>
    </message>
    <message>
        <source>On the whole server</source>
        <translation>在整个服务器</translation>
    </message>
    <message>
        <source>W&amp;here:</source>
        <translation>范围(&amp;H)：</translation>
    </message>
    <message>
        <source>10 minutes</source>
        <translation>10 分钟</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 周</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>&amp;For how long:</source>
        <translation>时长(&amp;F)：</translation>
    </message>
    <message>
        <source>They are told this</source>
        <translation>对方会看到</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>理由(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Kick</source>
        <translation>移出(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>禁言(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Ban</source>
        <translation>封禁(&amp;B)</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>禁言</translation>
    </message>
    <message>
        <source>Ban from the Server</source>
        <translation>从服务器封禁</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>封禁</translation>
    </message>
    <message>
        <source>Please enter a name or an address.</source>
        <translation>请输入名字或地址。</translation>
    </message>
    <message>
        <source>%1 was kicked.</source>
        <translation>已将 %1 移出。</translation>
    </message>
    <message>
        <source>%1 was muted.</source>
        <translation>已将 %1 禁言。</translation>
    </message>
    <message>
        <source>%1 was banned.</source>
        <translation>已将 %1 封禁。</translation>
    </message>
</context>
<context>
    <name>teahouse::client::SearchPane</name>
    <message>
        <source>In this room</source>
        <translation>在本房间</translation>
    </message>
    <message>
        <source>In %1</source>
        <comment>a room</comment>
        <translation>在 %1</translation>
    </message>
    <message>
        <source>Enter words to look for, or who said it.</source>
        <translation>请输入要查找的词，或说话的人。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n messages</source>
        <translation>
            <numerusform>最新的 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>没有找到。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages found</source>
        <translation>
            <numerusform>找到 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no connection to the server at the moment.</source>
        <translation>目前没有连接到服务器。</translation>
    </message>
    <message>
        <source>The server cannot search at the moment.</source>
        <translation>服务器目前无法查找。</translation>
    </message>
    <message>
        <source>There is no word in that to look for.</source>
        <translation>其中没有可以查找的词。</translation>
    </message>
    <message>
        <source>This server cannot search.</source>
        <translation>此服务器不支持查找。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Close search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Words to search for</source>
        <translation>要查找的词语</translation>
    </message>
    <message>
        <source>Searc&amp;h</source>
        <translation>查找(&amp;H)</translation>
    </message>
    <message>
        <source>Where to search</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>Sai&amp;d by:</source>
        <translation>说话人(&amp;D)：</translation>
    </message>
    <message>
        <source>anybody</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>Who said it</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>&amp;When:</source>
        <translation>时间(&amp;W)：</translation>
    </message>
    <message>
        <source>When it was said</source>
        <translation>说话的时间</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>第一天</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>&amp;Back to where you were</source>
        <translation>回到原来的位置(&amp;B)</translation>
    </message>
    <message>
        <source>Messages found</source>
        <translation>找到的消息</translation>
    </message>
    <message>
        <source>In all rooms</source>
        <translation>在所有房间</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Between two days</source>
        <translation>两个日期之间</translation>
    </message>
    <message>
        <source>%1, %2 in %3: %4</source>
        <comment>time, author, room, text</comment>
        <translation>%1，%2 在 %3：%4</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n of people whom you ignore</source>
        <extracomment>%1 is how many were found</extracomment>
        <translation>
            <numerusform>%1，另有 %n 条来自您忽略的人</numerusform>
        </translation>
    </message>
    <message>
        <source>Search Further</source>
        <translation>继续查找</translation>
    </message>
    <message>
        <source>Nothing more has been found so far.</source>
        <translation>目前没有找到更多消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n characters too many to look for.</source>
        <translation>
            <numerusform>查找内容超出 %n 个字符。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::ServerCompleter</name>
    <message>
        <source>%1 – %2</source>
        <comment>a server&apos;s address, and its name</comment>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>teahouse::client::ServerQuestion</name>
    <message>
        <source>You have not met the server at “%1” before. The connection is encrypted. If you can, compare this fingerprint with the one its owner sees.</source>
        <translation>您是第一次连接“%1”。连接已加密。如有可能，请将此指纹与服务器所有者看到的指纹核对。</translation>
    </message>
    <message>
        <source>The server at “%1” is the one that you know from %2. Connect to it here, too?</source>
        <translation>“%1”就是您在 %2 连接过的服务器。也在此连接吗？</translation>
    </message>
    <message>
        <source>The server at “%1” is “%2”, which you know from %3. Connect to it here, too?</source>
        <translation>“%1”就是您在 %3 连接过的“%2”。也在此连接吗？</translation>
    </message>
    <message>
        <source>The key of the server at “%1” has changed. The connection was ended before anything was sent.</source>
        <translation>服务器“%1”的密钥已更改。连接已断开，未发送任何内容。</translation>
    </message>
    <message>
        <source>The server at “%1” does not encrypt. Others on the network can read what you write there and what you receive. Connect all the same?</source>
        <translation>服务器“%1”未加密。网络上的其他人可以看到您收发的内容。仍要连接吗？</translation>
    </message>
    <message>
        <source>A certificate authority vouches for the new key.</source>
        <translation>证书颁发机构已证明新密钥的身份。</translation>
    </message>
    <message>
        <source>No certificate authority vouches for the new key.</source>
        <translation>没有证书颁发机构证明新密钥的身份。</translation>
    </message>
    <message>
        <source>It is harmless if the server was set up again, or moved to another computer. It is not if someone between you and the server pretends to be it, to read along. Ask the server’s owner for its fingerprint in another way than over this connection.</source>
        <translation>如果服务器重新安装过，或移到了另一台计算机，则没有危险。但也可能有人在您与服务器之间冒充服务器，以窃取内容。请用其他方式向服务器的所有者核对指纹。</translation>
    </message>
    <message>
        <source>I have compared the new &amp;fingerprint</source>
        <translation>我已核对新指纹(&amp;F)</translation>
    </message>
    <message>
        <source>Until now:</source>
        <translation>原指纹：</translation>
    </message>
    <message>
        <source>Fingerprint until now: %1</source>
        <translation>原指纹：%1</translation>
    </message>
    <message>
        <source>New:</source>
        <translation>新指纹：</translation>
    </message>
    <message>
        <source>Fingerprint:</source>
        <translation>指纹：</translation>
    </message>
    <message>
        <source>New fingerprint: %1</source>
        <translation>新指纹：%1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>指纹：%1</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>New Server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>&amp;Trust and Connect</source>
        <translation>信任并连接(&amp;T)</translation>
    </message>
    <message>
        <source>New Address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation>连接(&amp;O)</translation>
    </message>
    <message>
        <source>Changed Key</source>
        <translation>密钥已更改</translation>
    </message>
    <message>
        <source>&amp;Trust the New Key</source>
        <translation>信任新密钥(&amp;T)</translation>
    </message>
    <message>
        <source>Not Encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>C&amp;onnect Without Encryption</source>
        <translation>不加密连接(&amp;O)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::TablePane</name>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Load More</source>
        <translation>加载更多</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message numerus="yes">
        <source>%n so far, and there is more</source>
        <translation>
            <numerusform>目前 %n 条，还有更多</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing fits the filter.</source>
        <translation>没有符合筛选的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n in all</source>
        <translation>
            <numerusform>共 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teahouse::client::TopicForm</name>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>&amp;Topic of this room:</source>
        <translation>本房间的话题(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::TranscriptView</name>
    <message>
        <source>Loading older messages…</source>
        <translation>正在加载更早的消息…</translation>
    </message>
    <message>
        <source>Nothing has been said here yet.</source>
        <translation>这里还没有人说过话。</translation>
    </message>
    <message>
        <source>This is the beginning of the history.</source>
        <translation>已到最早的记录。</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to the newest</source>
        <translation>跳到最新</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息列表</translation>
    </message>
    <message>
        <source>&amp;Open Link</source>
        <translation>打开链接(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;Link</source>
        <translation>复制链接(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Copy Selection</source>
        <translation>复制所选内容(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;Message</source>
        <translation>复制消息(&amp;M)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>重试(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Private Conversation</source>
        <translation>私聊(&amp;P)</translation>
    </message>
    <message>
        <source>This server keeps no history: you see what is said while you are here.</source>
        <translation>这个服务器不保存历史记录：您只能看到在线期间的消息。</translation>
    </message>
    <message>
        <source>Older messages could not be loaded. Click to retry.</source>
        <translation>无法载入更早的消息。点击重试。</translation>
    </message>
    <message>
        <source>What was said before is not kept any more.</source>
        <translation>更早的消息已不再保留。</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>Jump to the first new message</source>
        <translation>跳到第一条新消息</translation>
    </message>
    <message numerus="yes">
        <source>More than %n new messages</source>
        <translation>
            <numerusform>超过 %n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Ignore</source>
        <translation>屏蔽(&amp;I)</translation>
    </message>
</context>
<context>
    <name>teahouse::client::WrappedLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
</TS>
