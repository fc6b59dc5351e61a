using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Every method is refused to whoever may not call it, before anything else is looked at.</summary>
public sealed class WhoMayCallTests
{
    private const string Password = "a long enough password 7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Methods_OpenToAll_AreTheseAndNoOthers()
    {
        await using var server = new TestServer();

        Assert.Equal(
            [
                "session.getUser", "session.signIn", "session.signInWithPassword", "session.signInWithToken", "system.getMethodsInfo", "system.getServerVersion", "system.getVersion",
                "system.listMethods", "system.methodSignature",
            ],
            server.Get<ApiCatalogue>().All.Where(method => method.Permission.IsOpen).Select(method => method.Name));
    }

    [Fact]
    public async Task Methods_NotOpenToAll_AreRefusedToNobody()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.ConnectAsync(server);

        foreach (var method in server.Get<ApiCatalogue>().All.Where(method => !method.Permission.IsOpen))
        {
            var error = await client.ErrorAsync(method.Name, new JsonObject { ["nonsense"] = 1 });
            Assert.Equal((2, "not enough permissions"), (error["code"]!.GetValue<int>(), (string?)error["message"]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("viewer")]
    [InlineData("operator")]
    [InlineData("vm-administrator")]
    public async Task Methods_ForAdministrators_AreRefusedToOthers(string? role)
    {
        await using var server = new TestServer();
        var admin = await server.AdminAsync();
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", Password, MustChangePassword: false), Token);
        if (role is not null)
            await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, role, AccessScope.Everything.Instance, Token);
        await using var client = await RpcClient.SignedInAsync(server, "ada", Password);
        var methods = server.Get<ApiCatalogue>().All.Where(method => method.Permission.Right is not null).ToList();

        Assert.True(methods.Count > 20);
        foreach (var method in methods)
            Assert.Equal(2, await client.CodeAsync(method.Name));
    }

    [Fact]
    public async Task NarrowToken_OfAnAdministrator_IsNoAdministrators()
    {
        await using var server = new TestServer();
        var admin = await server.AdminAsync();
        var token = await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), "narrow", TimeSpan.FromDays(1), Role.Operator.Id, Token);
        await using var client = await RpcClient.WithTokenAsync(server, token);

        foreach (var method in server.Get<ApiCatalogue>().All.Where(method => method.Permission.Right is not null))
            Assert.Equal(2, await client.CodeAsync(method.Name));
        Assert.Equal(2, await client.CodeAsync("user.set", new JsonObject { ["id"] = admin.Actor.Id, ["permission"] = "none" }));
        Assert.Equal(2, await client.CodeAsync("user.changePassword", new JsonObject { ["oldPassword"] = TestServer.Password, ["newPassword"] = Password }));
    }

    [Fact]
    public void Method_WithoutAPermission_StopsTheStart() =>
        Assert.Contains("'x.y'", Assert.Throws<InvalidOperationException>(() => new ApiCatalogue([new Some(new("x.y", null!, static _ => default))])).Message, StringComparison.Ordinal);

    [Fact]
    public void Methods_OfOneName_StopTheStart()
    {
        ApiMethod method = new("x.y", ApiPermission.SignedIn, static _ => default);

        Assert.Contains("'x.y'", Assert.Throws<InvalidOperationException>(() => new ApiCatalogue([new Some(method), new Some(method)])).Message, StringComparison.Ordinal);
    }

    private sealed class Some(ApiMethod method) : IApiMethods
    {
        public IEnumerable<ApiMethod> Methods => [method];
    }
}
