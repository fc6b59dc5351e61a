using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>Sign-in, synchronisation and test as the server has them, and settings for the tests' servers. Time-outs are patient unless a test sets them.</summary>
internal sealed class Directories
{
    public Directories(TimeProvider? time = null, string? password = Slapd.ReaderPassword)
    {
        Health = new DirectoryHealth(time ?? TimeProvider.System);
        ValueTask<string?> Secret(DirectorySettings _, CancellationToken __) => ValueTask.FromResult(password);
        Dialer = new DirectoryDialer(new LdapClient(TimeProvider.System), Secret, Health, TimeProvider.System);
        SignIn = new DirectorySignIn(Dialer, TimeProvider.System, NullLogger<DirectorySignIn>.Instance);
        Sync = new DirectorySync(Dialer, time ?? TimeProvider.System);
        Test = new DirectoryTest(new LdapClient(TimeProvider.System), Secret, TimeProvider.System);
    }

    /// <summary>Every password is tried at once.</summary>
    public static TryInTurn Freely { get; } = async (_, _, _, isWrong) =>
    {
        await isWrong();
        return null;
    };

    public DirectoryHealth Health { get; }

    public DirectoryDialer Dialer { get; }

    public DirectorySignIn SignIn { get; }

    public DirectorySync Sync { get; }

    public DirectoryTest Test { get; }

    public static DirectorySettings Of(Slapd server, DirectoryPreset preset = DirectoryPreset.OpenLdap, string name = "Example")
    {
        var settings = preset.Make(Guid.NewGuid(), name, Slapd.Suffix, server.Tls);
        return Patient(settings) with
        {
            CaPem = server.Authority.Pem,
            ServiceAccount = Slapd.Reader,
            UserBase = ExampleDirectory.People,
            Groups = settings.Groups! with { Base = preset == DirectoryPreset.OpenLdapPosix ? ExampleDirectory.Posix : ExampleDirectory.Groups },
        };
    }

    public static DirectorySettings Patient(DirectorySettings settings) =>
        settings with { ConnectTimeout = Patience.Limit, AnswerTimeout = Patience.Limit, SignInTimeout = Patience.Limit };

    public async Task<DirectoryAccount> AcceptedAsync(DirectorySettings directory, string name, string? password = null)
    {
        var answer = await SignIn.SignInAsync([directory], name, password ?? ExampleDirectory.PasswordOf(name), Freely, TestContext.Current.CancellationToken);
        return answer is DirectoryAnswer.Accepted accepted ? accepted.Account : throw new InvalidOperationException($"{name} was refused: {((DirectoryAnswer.Refused)answer).Detail}");
    }

    public async Task<DirectoryAnswer.Refused> RefusedAsync(DirectorySettings directory, string name, string password) =>
        Assert.IsType<DirectoryAnswer.Refused>(await SignIn.SignInAsync([directory], name, password, Freely, TestContext.Current.CancellationToken));
}
