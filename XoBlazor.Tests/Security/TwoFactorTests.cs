using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// An account with a second factor opens for password and code together and for nothing less, at every door; a code counts once, whichever door it was
/// used at; and guessing many codes at the same moment is no better than one after the other. Class 18 of docs/security.md.
/// </summary>
public sealed class TwoFactorTests(DirectoryServer directory) : IClassFixture<DirectoryServer>
{
    private const int AtOnce = 12;
    private const int UntilTheLock = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outside => Doors.Outside;

    public static TheoryData<string> TakingCodes => Doors.TakingCodes;

    public static TheoryData<string, string> Pairs => Doors.Pairs;

    [Fact]
    public void EveryMethodThatTakesAPassword_IsADoor()
    {
        var methods = directory.Server.Get<ApiCatalogue>().All.Where(method => method.Permission == ApiPermission.Anyone && method.Name.Contains("signIn", StringComparison.OrdinalIgnoreCase));

        Assert.Equal(["session.signInWithToken"], methods.Select(method => method.Name).Except(Doors.All.Select(door => door.Name)));
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task PasswordAlone_OpensNothing(string door)
    {
        var name = await MakeAsync();
        await directory.Server.EnrolAsync(name);

        var knock = await (await directory.ApproachAsync(door, name))(TestServer.Password);

        Assert.False(knock.IsIn);
    }

    [Theory]
    [MemberData(nameof(TakingCodes))]
    public async Task Code_WithoutThePassword_OpensNothingAndIsNotUsedUp(string door)
    {
        var name = await MakeAsync();
        var (key, _) = await directory.Server.EnrolAsync(name);
        var knock = await directory.ApproachAsync(door, name);

        var alone = await knock("", directory.Server.Code(key));
        var wrong = await knock("not the password", directory.Server.Code(key));
        var code = directory.Server.Code(key);
        var both = await knock(TestServer.Password, code);
        var again = await knock(TestServer.Password, code);

        Assert.Equal((false, false, true, false), (alone.IsIn, wrong.IsIn, both.IsIn, again.IsIn));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Code_UsedAtOneDoor_IsWorthNothingAtAnother(string first, string second)
    {
        var name = await MakeAsync();
        var (key, recovery) = await directory.Server.EnrolAsync(name);
        var (here, there) = (await directory.ApproachAsync(first, name), await directory.ApproachAsync(second, name));
        var code = directory.Server.Code(key);

        var used = await here(TestServer.Password, code);
        var replayed = await there(TestServer.Password, code);
        var recovered = await here(TestServer.Password, recovery[0]);
        var again = await there(TestServer.Password, recovery[0]);
        var other = await there(TestServer.Password, recovery[1]);

        Assert.Equal((true, false, true, false, true), (used.IsIn, replayed.IsIn, recovered.IsIn, again.IsIn, other.IsIn));
    }

    [Theory]
    [MemberData(nameof(TakingCodes))]
    public async Task PersonOfADirectory_NeedsTheCodeToo(string door)
    {
        var name = $"gina{Doors.Number(door)}";
        var knock = await directory.ApproachAsync(door, name);
        await knock(ExampleDirectory.PasswordOf(name));
        var (key, _) = await directory.Server.EnrolAsync(name);

        var without = await knock(ExampleDirectory.PasswordOf(name));
        var wrong = await knock(ExampleDirectory.PasswordOf(name), "000000");
        var right = await knock(ExampleDirectory.PasswordOf(name), directory.Server.Code(key));

        Assert.Equal((false, false, true), (without.IsIn, wrong.IsIn, right.IsIn));
    }

    [Fact]
    public async Task WrongCodes_AllAtOnceAtEveryDoor_AreNoMoreThanOneAfterTheOther()
    {
        var name = await MakeAsync();
        await directory.Server.EnrolAsync(name);
        var browsers = new List<HttpClient>();
        for (var i = 0; i < AtOnce; i++)
        {
            browsers.Add(directory.Server.Browser());
            directory.Server.Get<AddressDelay>().Forgive(null);
            Assert.Equal(SignInPages.ProvePath, (await browsers[i].SignInAsAsync(name, TestServer.Password)).Headers.Location?.OriginalString);
        }

        var pages = browsers.Select((browser, i) => browser.StepAsync(SignInPages.ProvePath, value: $"{i:D6}"));
        var sockets = Enumerable.Range(AtOnce, AtOnce).Select(async i => await (await directory.ApproachAsync("session.signIn", name))(TestServer.Password, $"{i:D6}"));
        await Task.WhenAll([.. pages, .. sockets]);

        Assert.Equal(UntilTheLock, (await directory.Server.AccountAsync(name)).AccessFailedCount);
        Assert.Equal(name, Assert.Single(directory.Server.Audit("sign-in.lock"), record => record.Target!.Name == name).Target!.Name);
    }

    /// <summary>Somebody of the test's own.</summary>
    private async Task<string> MakeAsync()
    {
        var name = $"person-{Guid.NewGuid():N}";
        await directory.LocalAsync(name);
        return name;
    }
}
