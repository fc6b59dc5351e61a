using System.Net.Security;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Protocol;

/// <summary>Our client against servers that lie, stall, flood and die.</summary>
public sealed class LdapConnectionTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    private static readonly LdapSearch s_search = new() { Base = "dc=x", Filter = LdapFilter.Anything };

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t")]
    [InlineData("\0")]
    [InlineData("secret\0")]
    public async Task Bind_EmptyOrBlankPassword_NeverReachesTheWire(string password)
    {
        var heard = 0;
        await using var server = ScriptedServer.Answering(request =>
        {
            // Unbind is polite leaving, everything else is too much.
            heard += Answers.KindOf(request) == 2 ? 0 : 1;
            return Answers.KindOf(request) == 2 ? [] : Answers.Done(Answers.IdOf(request), Answers.Bind, 0);
        });
        await using (var connection = await server.ConnectAsync())
            await Assert.ThrowsAsync<ArgumentException>(() => connection.BindAsync("cn=x", password, Token));

        Assert.Equal(0, heard);
    }

    [Theory]
    [InlineData("525", AccountProblem.NoSuchUser)]
    [InlineData("52e", AccountProblem.WrongPassword)]
    [InlineData("530", AccountProblem.NotAtThisTime)]
    [InlineData("531", AccountProblem.NotFromHere)]
    [InlineData("532", AccountProblem.PasswordExpired)]
    [InlineData("533", AccountProblem.Disabled)]
    [InlineData("701", AccountProblem.Expired)]
    [InlineData("773", AccountProblem.MustChangePassword)]
    [InlineData("775", AccountProblem.Locked)]
    public async Task Bind_ActiveDirectorysSubCode_IsSaidInWords(string code, object problem)
    {
        await using var server = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request), Answers.Bind, 49,
            $"80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data {code}, v4563\0"));
        await using var connection = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<LdapResultException>(() => connection.BindAsync("cn=x", "wrong", Token));

        Assert.Equal(problem, refused.Account);
        Assert.Contains(((AccountProblem)problem).Words(), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_RefusedByPolicyThoughTheResultSaysSuccess_Fails()
    {
        await using var server = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request), Answers.Bind, 0,
            control: (LdapRequests.PasswordPolicyOid, [0x30, 3, 0x81, 1, 2])));
        await using var connection = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<LdapResultException>(() => connection.BindAsync("cn=x", "right", Token));

        Assert.Equal(AccountProblem.MustChangePassword, refused.Account);
    }

    [Theory]
    [InlineData(LdapSecurity.Plain, LdapStage.Searching)]
    [InlineData(LdapSecurity.StartTls, LdapStage.StartTls)]
    [InlineData(LdapSecurity.Ldaps, LdapStage.Handshake)]
    public async Task SilentServer_AtEveryStage_EndsByTimeOutAndByCancellation(object security, object stage)
    {
        await using var server = new ScriptedServer(ScriptedServer.Silence);
        var target = server.Target with { Security = (LdapSecurity)security, ConnectTimeout = s_short, AnswerTimeout = s_short };

        var late = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(target, Token));
        using var cancel = new CancellationTokenSource();
        var talk = TalkAsync(target with { ConnectTimeout = Patience.Limit, AnswerTimeout = Patience.Limit }, cancel.Token);
        cancel.Cancel();

        Assert.Equal(LdapUnreachableReason.TimedOut, late.Reason);
        Assert.Equal(stage, late.Stage);
        Assert.Contains("Example", late.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => talk.WaitAsync(Patience.Limit, Token));
    }

    [Fact]
    public async Task DrippingServer_OneOctetAtATime_IsHeldToTheWholeTimeOut()
    {
        await using var server = new ScriptedServer(async (stream, token) =>
        {
            await ScriptedServer.ReadMessageAsync(stream, token);
            foreach (var octet in (byte[])[0x30, 0x84, 0x00, 0x10, 0x00, 0x00])
                await stream.WriteAsync(new[] { octet }, token);
            while (true)
            {
                await stream.WriteAsync(new byte[1], token);
                await Task.Delay(20, token);
            }
        });

        var late = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target with { AnswerTimeout = s_short }, Token));

        Assert.Equal(LdapUnreachableReason.TimedOut, late.Reason);
    }

    [Fact]
    public async Task ConnectionAfterATimeOut_IsGone()
    {
        await using var server = new ScriptedServer(ScriptedServer.Silence);
        await using var connection = await new LdapClient(TimeProvider.System).ConnectAsync(server.Target with { AnswerTimeout = s_short }, Token);
        await Assert.ThrowsAsync<LdapUnreachableException>(() => connection.BindAsync("cn=x", "y", Token));

        var gone = await Assert.ThrowsAsync<LdapUnreachableException>(() => connection.BindAsync("cn=x", "y", Token));

        Assert.Equal(LdapUnreachableReason.Interrupted, gone.Reason);
    }

    [Fact]
    public async Task TwoOperationsAtOnce_AreRefusedInsteadOfMixed()
    {
        await using var server = new ScriptedServer(ScriptedServer.Silence);
        await using var connection = await server.ConnectAsync();
        var first = connection.WhoAmIAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.WhoAmIAsync(Token));

        await server.DisposeAsync();
        await Assert.ThrowsAsync<LdapUnreachableException>(() => first);
    }

    [Fact]
    public async Task NothingListens_SaysRefusedAndThePort()
    {
        var server = new ScriptedServer(ScriptedServer.Silence);
        await server.DisposeAsync();

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.Refused, refused.Reason);
        Assert.Contains($"nothing listens on port {server.Port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownHost_SaysThatTheNameHasNoAddress()
    {
        await using var server = new ScriptedServer(ScriptedServer.Silence);

        var unknown = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target with { Host = "no-such-host.invalid" }, Token));

        Assert.Equal((LdapUnreachableReason.NameNotFound, LdapStage.Resolving), (unknown.Reason, unknown.Stage));
    }

    [Fact]
    public async Task NotATlsServer_BehindLdaps_IsToldFromACertificateProblem()
    {
        await using var server = new ScriptedServer((stream, token) => stream.WriteAsync("220 mail.example.test ESMTP\r\n"u8.ToArray(), token).AsTask());

        var wrong = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target with { Security = LdapSecurity.Ldaps }, Token));

        Assert.Equal(LdapStage.Handshake, wrong.Stage);
        Assert.Contains(wrong.Reason, new[] { LdapUnreachableReason.NotTls, LdapUnreachableReason.Interrupted });
    }

    [Fact]
    public async Task NotAnLdapServer_IsSaidSo()
    {
        await using var server = new ScriptedServer((stream, token) => stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), token).AsTask());

        var wrong = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.BadAnswer, wrong.Reason);
        Assert.Contains("not LDAP", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartTls_BytesSlippedInBeforeTheHandshake_AreNeverRead()
    {
        // A forged answer to the bind that we shall send with number 1 on the secured connection, in the same packet as the yes to StartTLS.
        await using var server = new ScriptedServer(async (stream, token) =>
        {
            var request = await ScriptedServer.ReadMessageAsync(stream, token);
            await stream.WriteAsync((byte[])[.. Answers.Done(Answers.IdOf(request!), Answers.Extended, 0), .. Answers.Done(1, Answers.Bind, 0)], token);
            await ScriptedServer.Silence(stream, token);
        });

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() =>
            TalkAsync(server.Target with { Security = LdapSecurity.StartTls, Trust = LdapTrust.Nobody }, Token));

        Assert.Equal((LdapUnreachableReason.BytesBeforeTls, LdapStage.StartTls), (refused.Reason, refused.Stage));
    }

    [Fact]
    public async Task StartTls_BytesSlippedInLater_BreakTheHandshake()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.IssueWithKey(System.Net.IPAddress.Loopback);
        await using var server = new ScriptedServer(async (stream, token) =>
        {
            var request = await ScriptedServer.ReadMessageAsync(stream, token);
            await stream.WriteAsync(Answers.Done(Answers.IdOf(request!), Answers.Extended, 0), token);
            await stream.ReadExactlyAsync(new byte[1], token);
            await stream.WriteAsync(Answers.Done(1, Answers.Bind, 0), token);
            await ScriptedServer.Silence(stream, token);
        });

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() =>
            TalkAsync(server.Target with { Security = LdapSecurity.StartTls, Trust = LdapTrust.Nobody }, Token));

        Assert.Equal(LdapStage.Handshake, refused.Stage);
    }

    [Fact]
    public async Task StartTls_Refused_SendsNothingElse()
    {
        var kinds = new List<int>();
        await using var server = ScriptedServer.Answering(request =>
        {
            kinds.Add(Answers.KindOf(request));
            return Answers.Done(Answers.IdOf(request), Answers.Extended, 2, "unsupported");
        });

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target with { Security = LdapSecurity.StartTls }, Token));

        Assert.Equal(LdapUnreachableReason.StartTlsRefused, refused.Reason);
        Assert.Equal([23], kinds);
    }

    [Fact]
    public async Task MessageAnnouncedLargerThanTheLimit_IsRefusedUnread()
    {
        await using var server = ScriptedServer.Answering(_ => [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]);
        var before = GC.GetTotalAllocatedBytes();

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.TooLarge, refused.Reason);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200 << 20, "memory was taken for bytes that never came");
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x80 })]
    [InlineData(new byte[] { 0x30, 0x85, 1, 1, 1, 1, 1 })]
    [InlineData(new byte[] { 0x02, 1, 1 })]
    [InlineData(new byte[] { 0x30, 3, 0x02, 1, 1 })]
    [InlineData(new byte[] { 0x30, 0 })]
    public async Task MalformedMessages_AreABadAnswer(byte[] answer)
    {
        await using var server = ScriptedServer.Answering(_ => answer);

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.BadAnswer, refused.Reason);
    }

    [Fact]
    public async Task AnswerToAnotherRequest_IsABadAnswer()
    {
        await using var server = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request) + 1, Answers.Bind, 0));
        await using var connection = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => connection.BindAsync("cn=x", "y", Token));

        Assert.Equal(LdapUnreachableReason.BadAnswer, refused.Reason);
    }

    [Fact]
    public async Task SearchAnswer_IsNoAnswerToABind()
    {
        await using var server = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request), Answers.Search, 0));
        await using var connection = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => connection.BindAsync("cn=x", "y", Token));

        Assert.Equal(LdapUnreachableReason.BadAnswer, refused.Reason);
    }

    [Fact]
    public async Task EndOfStreamInTheMiddle_IsInterrupted()
    {
        await using var server = new ScriptedServer(async (stream, token) =>
        {
            var request = await ScriptedServer.ReadMessageAsync(stream, token);
            var answer = Answers.Done(Answers.IdOf(request!), Answers.Search, 0);
            await stream.WriteAsync(answer.AsMemory(0, answer.Length - 2), token);
        });

        var gone = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.Interrupted, gone.Reason);
    }

    [Fact]
    public async Task Search_MoreEntriesThanWeTakeIn_EndsAfterThem()
    {
        await using var server = ScriptedServer.Answering(request =>
            [.. Enumerable.Range(0, 50).SelectMany(i => Answers.Entry(Answers.IdOf(request), $"cn={i}")), .. Answers.Done(Answers.IdOf(request), Answers.Search, 0)]);
        await using var connection = await server.ConnectAsync();
        var seen = 0;

        var tooMany = await Assert.ThrowsAsync<LdapResultException>(async () =>
        {
            await foreach (var _ in connection.SearchAsync(s_search with { MaxEntries = 10 }, Token))
                seen++;
        });

        Assert.Equal((10, LdapResultCode.SizeLimitExceeded), (seen, tooMany.Code));
    }

    [Fact]
    public async Task Search_ServerThatRepeatsAnEmptyPage_DoesNotKeepUs()
    {
        await using var server = ScriptedServer.Answering(request =>
            Answers.Done(Answers.IdOf(request), Answers.Search, 0, control: (LdapRequests.PagedResultsOid, Answers.Cookie("same"))));

        var refused = await Assert.ThrowsAsync<LdapUnreachableException>(() => TalkAsync(server.Target, Token));

        Assert.Equal(LdapUnreachableReason.BadAnswer, refused.Reason);
    }

    [Fact]
    public async Task Search_Referral_NamesWhereItLeads()
    {
        await using var server = ScriptedServer.Answering(request =>
            Answers.Done(Answers.IdOf(request), Answers.Search, 10, referrals: ["ldap://other.example.test/dc=x"]));
        await using var connection = await server.ConnectAsync();

        var referral = await Assert.ThrowsAsync<LdapResultException>(() => DrainAsync(connection, s_search, Token));

        Assert.Equal(["ldap://other.example.test/dc=x"], referral.Referrals);
        Assert.Contains("other.example.test", referral.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ServersWordsWithControlCharacters_AreMadeHarmless()
    {
        await using var server = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request), Answers.Search, 80, "a\r\nb\u001b[31m\u202ec" + new string('x', 5000)));
        await using var connection = await server.ConnectAsync();

        var failed = await Assert.ThrowsAsync<LdapResultException>(() => DrainAsync(connection, s_search, Token));

        Assert.DoesNotContain(failed.Message, letter => char.IsControl(letter) || letter == '\u202e');
        Assert.True(failed.Message.Length < 600);
    }

    [Fact]
    public async Task RandomAnswers_FailInTheTypedWayAndInTime()
    {
        var random = new Random(20260727);
        await using var server = ScriptedServer.Answering(_ =>
        {
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            if (random.Next(2) == 0)
                noise[0] = 0x30;
            return noise;
        });

        for (var i = 0; i < 200; i++)
            await Assert.ThrowsAnyAsync<LdapException>(() => TalkAsync(server.Target with { AnswerTimeout = TimeSpan.FromMilliseconds(100) }, Token));
    }

    [Fact]
    public async Task TlsServerThatDiesAfterTheHandshake_IsInterrupted()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.IssueWithKey(System.Net.IPAddress.Loopback);
        await using var server = new ScriptedServer(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
            await tls.ReadExactlyAsync(new byte[1], token);
        });

        var gone = await Assert.ThrowsAsync<LdapUnreachableException>(() =>
            TalkAsync(server.Target with { Security = LdapSecurity.Ldaps, Trust = LdapTrust.Of(authority.Pem) }, Token));

        Assert.Equal((LdapUnreachableReason.Interrupted, LdapStage.Searching), (gone.Reason, gone.Stage));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task TalkAsync(LdapTarget target, CancellationToken token)
    {
        await using var connection = await new LdapClient(TimeProvider.System).ConnectAsync(target, token);
        await DrainAsync(connection, s_search, token);
    }

    private static async Task DrainAsync(IDirectoryConnection connection, LdapSearch search, CancellationToken token)
    {
        await foreach (var _ in connection.SearchAsync(search, token))
        {
            // Only its end matters.
        }
    }
}
