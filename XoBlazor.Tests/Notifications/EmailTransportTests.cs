using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Notifications.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Notifications;

/// <summary>Mail by a real mail server: what arrives, and what is said where nothing does.</summary>
public sealed class EmailTransportTests : IDisposable
{
    private readonly TestAuthority _authority = new("Mail CA");
    private readonly CancellationTokenSource _patience = Patience.Source();

    public void Dispose()
    {
        _authority.Dispose();
        _patience.Dispose();
    }

    [Theory]
    [InlineData(EmailSecurity.StartTls)]
    [InlineData(EmailSecurity.Tls)]
    public async Task Mail_OverTls_WithNameAndPassword_ArrivesWhole(EmailSecurity security)
    {
        await using var exim = await Exim.StartAsync(_authority, wantsName: true);
        var message = Message("VM web-1 — «ужас» is down", "Line one <b>\r\nand two & more");

        await SendAsync(await AcceptedAsync(Settings(exim, security) with { User = Exim.User, Password = Exim.Password }), message);

        var mail = Assert.Single(exim.Mails);
        Assert.Contains("--auth_id ada", mail, StringComparison.Ordinal);
        Assert.Contains("-tls_cipher", mail, StringComparison.Ordinal);
        Assert.Contains($"Message-Id: <{message.Id:N}@example.test>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"X-XoBlazor-Id: {message.Id:D}", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.Contains($"References: <{message.Parts[0].Incident:N}.incident@example.test>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://xo.example.test/vms/a/b", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
        Assert.Contains("Line one <b>", mail, StringComparison.Ordinal);
        Assert.Contains("Line one &lt;b&gt;<br>and two &amp; more", mail.Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_WithoutEncryption_Arrives()
    {
        await using var exim = await Exim.StartAsync(_authority);

        await SendAsync(Settings(exim, EmailSecurity.None), Message("Plain", "text"));

        Assert.Contains("Subject: [XoBlazor] Plain", Assert.Single(exim.Mails), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nBcc: victim@example.test", "text")]
    [InlineData("a\nX-Injected: yes", "text\r\n.\r\nMAIL FROM:<x@y>\r\n")]
    [InlineData("a\u2028b\u0085c\0d", "\r\n.\r\n")]
    public async Task Titles_AndTexts_EndNoLineOfTheHeader(string title, string text)
    {
        await using var exim = await Exim.StartAsync(_authority);

        await SendAsync(Settings(exim, EmailSecurity.None), Message(title, text));

        var mail = Assert.Single(exim.Mails);
        var lines = mail.Split('\n').Select(line => line.Length > 5 ? line[5..] : line).ToList();
        Assert.DoesNotContain(lines, line => line.StartsWith("Bcc:", StringComparison.Ordinal) || line.StartsWith("X-Injected", StringComparison.Ordinal));
        Assert.DoesNotContain("victim@example.test\n", mail.Split("\n\n", 2)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b.test\r\nBcc: c@d.test")]
    [InlineData("a@b.test, c@d.test")]
    [InlineData("no address")]
    [InlineData("@b.test")]
    [InlineData("a@")]
    [InlineData("a@b@c.test")]
    public async Task Address_ThatIsNotOne_IsRefused(string address)
    {
        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System));

        Assert.NotNull(mail.Transport.Fault(address));
        Assert.Null(mail.Transport.Fault("a@b.test"));
    }

    [Fact]
    public async Task Transport_SaysWhatIsMissing_UntilItsPluginIsLoaded()
    {
        await using var exim = await Exim.StartAsync(_authority);
        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System));

        var (bare, _) = (mail.Transport.Obstacle, await Assert.ThrowsAsync<NotificationException>(() => mail.Transport.SendAsync("ops@example.test", Message("a", "b"), _patience.Token)));
        await mail.ConfigureAsync(Configuration(Settings(exim, EmailSecurity.None)));
        var configured = mail.Transport.Obstacle;
        await mail.LoadAsync();
        var loaded = mail.Transport.Obstacle;
        var said = await mail.TestAsync(new() { ["to"] = "ops@example.test" });
        var nobody = await Assert.ThrowsAsync<PluginException>(() => mail.TestAsync(new() { ["to"] = "nobody@example.test" }));
        await mail.Fleet.UnloadAsync(EmailBuiltIn.Id, _patience.Token);

        Assert.Equal((EmailBuiltIn.Transport, "E-mail", EmailBuiltIn.Id, true), (mail.Transport.Id, mail.Transport.Title, mail.Transport.Plugin, mail.Transport.ReachesPeople));
        Assert.Equal("E-mail is not configured. Configure it in Settings → Plugins, and load it.", bare);
        Assert.Equal("E-mail is not loaded. Load it in Settings → Plugins.", configured);
        Assert.Null(loaded);
        Assert.Equal(configured, mail.Transport.Obstacle);
        Assert.Contains("took a message to ops@example.test", said, StringComparison.Ordinal);
        Assert.Contains("no such person here", nobody.Message, StringComparison.Ordinal);
        Assert.Contains("Subject: [XoBlazor] Test of the e-mail settings", Assert.Single(exim.Mails), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_IsKept_ForTheSameServerAndNameOnly()
    {
        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System));
        var settings = new EmailSettings { Host = "mail.example.test", From = "xo@example.test", User = "xo", Password = "right secret" };
        await mail.ConfigureAsync(Configuration(settings));
        var masked = settings with { Password = Core.Audit.AuditRecord.Masked };

        await mail.ConfigureAsync(Configuration(masked with { From = "other@example.test" }));
        var elsewhere = await Assert.ThrowsAsync<PluginException>(() => mail.ConfigureAsync(Configuration(masked with { Host = "evil.example.test" })));
        var port = await Assert.ThrowsAsync<PluginException>(() => mail.ConfigureAsync(Configuration(masked with { Port = 2525 })));

        Assert.Equal("Enter 'Its password' anew: it is not taken along to another 'Mail server' or 'Port' or 'Name to sign in with'.", elsewhere.Message);
        Assert.Equal(elsewhere.Message, port.Message);
        Assert.Equal(("right secret", "other@example.test", "mail.example.test"), EmailSettings.Of((JsonObject)JsonNode.Parse(mail.Plugin.Settings.Configuration!)!) is var kept ? (kept.Password, kept.From, kept.Host) : default);
    }

    [Fact]
    public async Task Certificate_ThatNobodyVouchesFor_IsRefusedWithItsFingerprint_AndTakenWhenAccepted()
    {
        await using var exim = await Exim.StartAsync(_authority);
        var settings = Settings(exim, EmailSecurity.Tls);

        var refused = await Assert.ThrowsAsync<NotificationException>(() => SendAsync(settings, Message("a", "b")));
        await SendAsync(await AcceptedAsync(settings), Message("a", "b"));
        var other = await Assert.ThrowsAsync<NotificationException>(() => SendAsync(settings with { Certificate = new string('a', 64) }, Message("a", "b")));

        Assert.Contains((await AcceptedAsync(settings)).Certificate!, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another one than was accepted", other.Message, StringComparison.Ordinal);
        Assert.Single(exim.Mails);
    }

    [Fact]
    public async Task Refusals_SayWhat_AndWhetherTryingAgainHelps()
    {
        await using var exim = await Exim.StartAsync(_authority, wantsName: true);
        var good = await AcceptedAsync(Settings(exim, EmailSecurity.StartTls) with { User = Exim.User, Password = Exim.Password });

        var nobody = await FailAsync(good, "nobody@example.test");
        var later = await FailAsync(good, "later@example.test");
        var wrong = await FailAsync(good with { Password = "wrong" });
        var nameless = await FailAsync(good with { User = null });
        var closed = await FailAsync(good with { Port = 1 });

        Assert.True(nobody.IsLasting);
        Assert.Contains("no such person here", nobody.Message, StringComparison.Ordinal);
        Assert.False(later.IsLasting);
        Assert.False(wrong.IsLasting);
        Assert.Contains("does not take the name and password of ada", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(exim.Address.ToString(), nameless.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached on port 1", closed.Message, StringComparison.Ordinal);
        Assert.Empty(exim.Mails);
    }

    [Fact]
    public async Task ServerThatSaysNothing_IsGivenUpAsTheTokenEnds()
    {
        using var silent = new TcpListener(LoopbackAddress.Next(), 0);
        silent.Start();
        var endpoint = (System.Net.IPEndPoint)silent.LocalEndpoint;
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token);

        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System), Configuration(new() { Host = endpoint.Address.ToString(), Port = endpoint.Port, From = "xo@example.test" }));
        var sending = mail.Transport.SendAsync("a@b.test", Message("a", "b"), soon.Token);
        using var taken = await silent.AcceptSocketAsync(_patience.Token);
        await soon.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        // A server that hangs is no failure of the plugin.
        Assert.Equal((PluginState.Loaded, 0), (mail.Plugin.Status.State, mail.Plugin.Status.Failures));
    }

    [Theory]
    [InlineData("", 25, "a@b.test", "mail server")]
    [InlineData("mail", 0, "a@b.test", "port")]
    [InlineData("mail", 25, "nobody", "sender")]
    public void Settings_ThatCannotWork_SaySo(string host, int port, string from, string words) =>
        Assert.Contains(words, new EmailSettings { Host = host, Port = port, From = from }.Fault(), StringComparison.Ordinal);

    [Fact]
    public async Task Configuration_ThatCannotWork_IsNotLoaded_AndNotTriedAgain()
    {
        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System));
        await mail.ConfigureAsync(Configuration(new() { Host = "mail", From = "nobody" }));

        var refused = await Assert.ThrowsAsync<PluginException>(mail.LoadAsync);

        Assert.Contains("The sender is an e-mail address", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PluginState.GivenUp, mail.Plugin.Status.State);
        Assert.Contains("failed and is not loaded any more", mail.Transport.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_IsNotSentInTheClear() =>
        Assert.Contains("without encryption", new EmailSettings { Host = "mail", From = "a@b.test", User = "ada", Password = "x", Security = EmailSecurity.None }.Fault(), StringComparison.Ordinal);

    private static EmailSettings Settings(Exim exim, EmailSecurity security) =>
        new() { Host = exim.Address.ToString(), Port = security == EmailSecurity.Tls ? Exim.TlsPort : Exim.PlainPort, Security = security, From = "XoBlazor <xo@example.test>" };

    private static OutgoingMessage Message(string title, string text)
    {
        var time = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        return new(Guid.NewGuid(), Guid.NewGuid(), "Rule", time, [new(Guid.NewGuid(), Guid.NewGuid(), NotificationKind.Began, NotificationSeverity.Warning, title, text, time, null, null, null, "https://xo.example.test/vms/a/b")]);
    }

    /// <summary>As it is entered, with the words of the schema.</summary>
    private static JsonObject Configuration(EmailSettings settings)
    {
        var all = new JsonObject
        {
            ["host"] = settings.Host,
            ["port"] = settings.Port,
            ["security"] = settings.Security switch { EmailSecurity.StartTls => "start-tls", EmailSecurity.Tls => "tls", _ => "none" },
            ["from"] = settings.From,
            ["user"] = settings.User,
            ["password"] = settings.Password,
            ["certificate"] = settings.Certificate,
        };
        foreach (var name in all.Where(one => one.Value is null).Select(one => one.Key).ToList())
            all.Remove(name);
        return all;
    }

    private async Task SendAsync(EmailSettings settings, OutgoingMessage message, string to = "ops@example.test")
    {
        await using var mail = await Carrier.StartAsync(new EmailBuiltIn(TimeProvider.System), Configuration(settings));
        await mail.Transport.SendAsync(to, message, _patience.Token);
    }

    private Task<NotificationException> FailAsync(EmailSettings settings, string to = "ops@example.test") => Assert.ThrowsAsync<NotificationException>(() => SendAsync(settings, Message("a", "b"), to));

    /// <summary>With the certificate that the server shows, as an administrator would accept it.</summary>
    private async Task<EmailSettings> AcceptedAsync(EmailSettings settings)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(settings.Host, Exim.TlsPort, _patience.Token);
        await using var tls = new System.Net.Security.SslStream(socket.GetStream(), false, static (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new System.Net.Security.SslClientAuthenticationOptions { TargetHost = settings.Host }, _patience.Token);
        return settings with { Certificate = Convert.ToHexStringLower(SHA256.HashData(((X509Certificate2)tls.RemoteCertificate!).RawData)) };
    }
}
