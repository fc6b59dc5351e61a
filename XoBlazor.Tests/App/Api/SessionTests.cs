using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Signing in on the API's socket, with everything that the sign-in page asks for, and what ends it.</summary>
public sealed class SessionTests
{
    private const string Other = "operator";
    private const string OthersPassword = "a long enough password 7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("email")]
    [InlineData("username")]
    public async Task Password_SignsIn_AndTellsWhoItIs(string field)
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);

        var user = await client.ResultAsync("session.signIn", new JsonObject { [field] = TestServer.Admin, ["password"] = TestServer.Password });

        var id = AccessPolicyFeed.Text((await server.AccountAsync(TestServer.Admin)).Id);
        Assert.Equal($$$"""{"id":"{{{id}}}","email":"admin","groups":[],"permission":"admin","preferences":{}}""", user!.ToJsonString());
        Assert.Equal(user.ToJsonString(), (await client.ResultAsync("session.getUser"))!.ToJsonString());
        var record = Assert.Single(server.Audit("sign-in"));
        Assert.Equal((AuditOutcome.Succeeded, "json-rpc"), (record.Outcome, record.Face));
    }

    [Theory]
    [InlineData("""{"email":"admin","password":"wrong"}""")]
    [InlineData("""{"email":"nobody","password":"wrong"}""")]
    [InlineData("""{"email":"admin","password":""}""")]
    [InlineData("""{"email":"admin"}""")]
    [InlineData("""{"token":"nope"}""")]
    [InlineData("""{"token":"xob_00000000000000000000000000000000_0000000000000000000000000000000000000000000000000000000000000000"}""")]
    [InlineData("{}")]
    public async Task WrongCredentials_AreOneAndTheSameError(string parameters)
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);

        var error = await client.ErrorAsync("session.signIn", JsonNode.Parse(parameters));

        Assert.Equal("""{"message":"invalid credentials","code":3}""", error.ToJsonString());
        Assert.Null(await client.ResultAsync("session.getUser"));
    }

    [Fact]
    public async Task WrongPasswords_LockTheAccountAndSlowTheAddress_AsOnThePage()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);
        for (var i = 0; i < 5; i++)
            await client.CodeAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = "wrong" });

        var locked = await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        JsonObject slowed;
        do
            slowed = await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = "nobody", ["password"] = "wrong" });
        while (slowed["data"] is null);

        Assert.Equal(3, locked["code"]!.GetValue<int>());
        Assert.True(slowed["data"]!["retryAfter"]!.GetValue<double>() > 0);
        Assert.Contains(server.Audit("sign-in.lock"), record => record.Target!.Name == TestServer.Admin);
    }

    [Fact]
    public async Task SecondFactor_IsAskedFor_AndACodeCountsOnce()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);
        var (key, _) = await server.EnrolAsync(TestServer.Admin);
        JsonObject With(string? code) => new() { ["email"] = TestServer.Admin, ["password"] = TestServer.Password, ["otp"] = code };

        var without = await client.ErrorAsync("session.signIn", With(null));
        var wrong = await client.ErrorAsync("session.signIn", With("000000"));
        var code = server.Code(key);
        var right = await client.ResultAsync("session.signIn", With(code));
        var again = await client.CodeAsync("session.signIn", With(code));

        Assert.Contains("otp", (string?)without["message"], StringComparison.Ordinal);
        Assert.Equal(3, without["code"]!.GetValue<int>());
        Assert.Contains("not right", (string?)wrong["message"], StringComparison.Ordinal);
        Assert.Equal("admin", (string?)right!["permission"]);
        Assert.Equal(3, again);
    }

    [Theory]
    [InlineData(SecondFactor.Any)]
    [InlineData(SecondFactor.Passkey)]
    public async Task RoleThatAsksForASecondFactor_RefusesWhoHasNone_ButNotTheirTokens(SecondFactor factor)
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);
        var token = await TokenAsync(server, TestServer.Admin);
        await server.RequireAsync(Role.Administrator.Id, factor);

        var refused = await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        var user = await client.ResultAsync("session.signIn", new JsonObject { ["token"] = token });

        Assert.Equal(3, refused["code"]!.GetValue<int>());
        Assert.Contains("second factor", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal("admin", (string?)user!["permission"]);
    }

    [Fact]
    public async Task PasswordSetBySomebodyElse_IsRefusedInWords()
    {
        await using var server = new TestServer();
        await server.Get<UserAdministration>().CreateAsync(await server.AdminAsync(), new(Other, OthersPassword, MustChangePassword: true), Token);
        await using var client = await RpcClient.ConnectAsync(server);

        var refused = await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = Other, ["password"] = OthersPassword });

        Assert.Contains("replaced", (string?)refused["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_KeepsTheSocketAndForgetsTheUser()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);

        var answer = await client.ResultAsync("session.signOut");

        Assert.True(answer!.GetValue<bool>());
        var after = await client.ErrorAsync("token.delete");
        Assert.Equal("""{"message":"not enough permissions","code":2,"data":{"permission":"admin","object":{}}}""", after.ToJsonString());
        Assert.Null(await client.ResultAsync("session.getUser"));
    }

    [Fact]
    public async Task PasswordSession_IsListedWithTheOthers_AndGoesWithItsConnection()
    {
        await using var server = new TestServer();
        var admin = await server.AccountAsync(TestServer.Admin);
        var sessions = server.Get<SignInSessions>();

        await using (await RpcClient.AdminAsync(server))
            Assert.Single(sessions.Of(admin.Id));

        await server.WaitAsync(() => sessions.Of(admin.Id).Count == 0);
    }

    [Fact]
    public async Task SignIns_SeveralAtOnce_LeaveOneSession_AndNoneWhenTheyGo()
    {
        await using var server = new TestServer();
        var admin = await server.AccountAsync(TestServer.Admin);
        var sessions = server.Get<SignInSessions>();
        await using (var client = await RpcClient.ConnectAsync(server))
        {
            for (var i = 0; i < 4; i++)
                await client.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{i}}},"method":"session.signIn","params":{"email":"{{{TestServer.Admin}}}","password":"{{{TestServer.Password}}}"}}""");
            for (var i = 0; i < 4; i++)
                Assert.Contains("\"permission\":\"admin\"", await client.ReceiveAsync(), StringComparison.Ordinal);

            await server.WaitAsync(() => sessions.Of(admin.Id).Count == 1);
            Assert.Equal("admin", (string?)(await client.ResultAsync("session.getUser"))!["email"]);
        }

        await server.WaitAsync(() => sessions.Of(admin.Id).Count == 0);
    }

    public static TheoryData<string> Ends { get; } = ["disable", "delete", "reset", "sign-out"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task PasswordSession_EndedByAnAdministrator_ClosesTheSocket(string end)
    {
        await using var server = new TestServer();
        var (id, users, admin) = await OtherAsync(server);
        await using var client = await RpcClient.SignedInAsync(server, Other, OthersPassword);

        await (end switch
        {
            "disable" => users.SetDisabledAsync(admin, id, true, Token),
            "delete" => users.DeleteAsync(admin, id, Token),
            "reset" => users.ResetPasswordAsync(admin, id, "another long password 9", Token),
            _ => users.EndSessionsAsync(admin, id, Token),
        });

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ClosedAsync());
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("disable")]
    [InlineData("delete")]
    public async Task TokenSession_WhoseTokenIsGood_NoMore_ClosesTheSocket(string end)
    {
        await using var server = new TestServer();
        var (id, users, admin) = await OtherAsync(server);
        var token = await TokenAsync(server, Other);
        await using var client = await RpcClient.WithTokenAsync(server, token);

        await (end switch
        {
            "revoke" => server.Get<ApiTokens>().RevokeAsync(admin, ApiTokens.IdOf(token)!.Value, Token),
            "disable" => users.SetDisabledAsync(admin, id, true, Token),
            _ => users.DeleteAsync(admin, id, Token),
        });

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ClosedAsync());
        await using var again = await RpcClient.ConnectAsync(server);
        Assert.Equal(3, await again.CodeAsync("session.signIn", new JsonObject { ["token"] = token }));
    }

    [Fact]
    public async Task Rights_TakenAway_AreGoneAtTheNextCall()
    {
        await using var server = new TestServer();
        var (id, _, admin) = await OtherAsync(server);
        var grants = server.Get<GrantAdministration>();
        var grant = await grants.AddAsync(admin, SubjectKind.User, id, Role.Administrator.Id, AccessScope.Everything.Instance, Token);
        await using var client = await RpcClient.SignedInAsync(server, Other, OthersPassword);
        var before = await client.ResultAsync("token.delete", new JsonObject { ["tokens"] = new JsonArray() });

        await grants.RemoveAsync(admin, grant, Token);

        Assert.True(before!.GetValue<bool>());
        Assert.Equal(2, await client.CodeAsync("token.delete", new JsonObject { ["tokens"] = new JsonArray() }));
        Assert.Equal("none", (string?)(await client.ResultAsync("session.getUser"))!["permission"]);
    }

    [Fact]
    public async Task Token_MadeHere_SignsIn_AndANarrowOneMakesNoWiderOne()
    {
        await using var server = new TestServer();
        var narrow = await server.Get<ApiTokens>().CreateAsync(await server.AdminAsync(), (await server.AccountAsync(TestServer.Admin)).Id, "narrow", TimeSpan.FromDays(1), Role.Viewer.Id, Token);
        await using var admin = await RpcClient.AdminAsync(server);
        await using var viewer = await RpcClient.WithTokenAsync(server, narrow);

        var wide = (string?)await admin.ResultAsync("token.create", new JsonObject { ["description"] = "xo-cli", ["client"] = new JsonObject { ["id"] = "abc" } });
        var child = (string?)await viewer.ResultAsync("token.create", new JsonObject { ["expiresIn"] = "1 hour" });
        await using var withWide = await RpcClient.WithTokenAsync(server, wide!);
        await using var withChild = await RpcClient.WithTokenAsync(server, child!);

        Assert.Equal("admin", (string?)(await withWide.ResultAsync("session.getUser"))!["permission"]);
        Assert.Equal("none", (string?)(await withChild.ResultAsync("session.getUser"))!["permission"]);
        Assert.Equal(2, await withChild.CodeAsync("token.delete", new JsonObject()));
    }

    [Fact]
    public async Task Token_LongAfterThePassword_IsMadeOnlyAfterSigningInAgain()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer().With(time);
        await using var client = await RpcClient.AdminAsync(server);
        var first = (string)(await client.ResultAsync("token.create"))!;
        await using var program = await RpcClient.WithTokenAsync(server, first);
        time.Advance(SignInSessions.ProofLife);

        var refused = await client.ErrorAsync("token.create");
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        await client.ResultAsync("token.create");
        await program.ResultAsync("token.create");

        Assert.Contains("signs in again", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Refused, server.Audit("token.create").Single(record => record.Outcome != AuditOutcome.Begun && record.Message?.Contains("signs in again", StringComparison.Ordinal) == true).Outcome);
        Assert.Equal(3, (await client.ResultAsync("user.getAuthenticationTokens"))!.AsArray().Count);
    }

    [Fact]
    public async Task Token_OfAClientThatHasOne_IsAnotherOneBesideIt()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        JsonObject Asked() => new() { ["client"] = new JsonObject { ["id"] = "3f1c8f0e" } };

        var first = (string)(await client.ResultAsync("token.create", Asked()))!;
        var second = (string)(await client.ResultAsync("token.create", Asked()))!;

        Assert.NotEqual(first, second);
        await using var one = await RpcClient.WithTokenAsync(server, first);
        await using var other = await RpcClient.WithTokenAsync(server, second);
    }

    [Theory]
    [InlineData("\"foo\"", "not a valid duration")]
    [InlineData("\"10 years\"", "too high")]
    [InlineData("5", "too low")]
    [InlineData("1e308", "not a valid duration")]
    public async Task Token_OfAnImpossibleLife_IsInvalidParameters(string life, string words)
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);

        var error = await client.ErrorAsync("token.create", new JsonObject { ["expiresIn"] = JsonNode.Parse(life) });

        Assert.Equal(10, error["code"]!.GetValue<int>());
        Assert.Contains(words, (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_AreListedRenamedAndDeleted_WithoutTheirSecret()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var token = (string)(await client.ResultAsync("token.create", new JsonObject { ["description"] = "one" }))!;
        var second = (string)(await client.ResultAsync("token.create", new JsonObject { ["description"] = "two" }))!;

        var listed = (await client.ResultAsync("user.getAuthenticationTokens"))!.AsArray();
        var id = (string)listed.Single(one => (string?)one!["description"] == "one")!["id"]!;
        await client.ResultAsync("token.set", new JsonObject { ["id"] = id, ["description"] = "renamed" });
        var renamed = (await client.ResultAsync("user.getAuthenticationTokens"))!.AsArray().Select(one => (string?)one!["description"]);
        await client.ResultAsync("token.deleteOwn", new JsonObject { ["tokens"] = new JsonArray(token) });
        await client.ResultAsync("token.delete", new JsonObject { ["pattern"] = new JsonObject { ["description"] = "two" } });

        Assert.DoesNotContain(token[40..], listed.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["renamed", "two"], renamed.Order());
        Assert.Empty((await client.ResultAsync("user.getAuthenticationTokens"))!.AsArray());
        await using var other = await RpcClient.ConnectAsync(server);
        Assert.Equal(3, await other.CodeAsync("session.signInWithToken", new JsonObject { ["token"] = second }));
        Assert.Equal(1, await client.CodeAsync("token.deleteOwn", new JsonObject { ["tokens"] = new JsonArray(token) }));
    }

    private static async Task<(Guid Id, UserAdministration Users, Requester Admin)> OtherAsync(TestServer server)
    {
        var (users, admin) = (server.Get<UserAdministration>(), await server.AdminAsync());
        return (await users.CreateAsync(admin, new(Other, OthersPassword, MustChangePassword: false), Token), users, admin);
    }

    private static async Task<string> TokenAsync(TestServer server, string owner) =>
        await server.Get<ApiTokens>().CreateAsync(await server.AdminAsync(), (await server.AccountAsync(owner)).Id, "test", TimeSpan.FromDays(1), null, Token);
}
