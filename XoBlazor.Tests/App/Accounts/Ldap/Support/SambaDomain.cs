using System.Net;
using System.Text;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>
/// An Active Directory domain by Samba: made in a folder of its own, and only its LDAP service run, on the usual ports of a loopback
/// address of its own, with our certificate. Needs root for these ports.
/// </summary>
public sealed class SambaDomain : IAsyncLifetime
{
    public const string Suffix = "DC=ad,DC=example,DC=test";
    public const string Users = "CN=Users," + Suffix;
    public const string Administrator = "administrator@ad.example.test";
    public const string Reader = "reader@ad.example.test";

    private const string AdministratorPassword = "Passw0rd-of-the-domain";

    // Making a domain is work for some seconds of a processor, and processors are shared.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly IPAddress _address = LoopbackAddress.Next();
    private DirectoryProgram? _program;

    /// <summary>Why there is no domain; a test that needs one skips, or fails under <c>CI=true</c>.</summary>
    private string? _missing;

    public static string PasswordOf(string name) => $"Passw0rd-of-{name}";

    internal DirectorySettings Settings
    {
        get
        {
            if (_missing is not null)
                DirectoryProgram.Missing(_missing);
            return Directories.Patient(DirectoryPreset.ActiveDirectory.Make(Guid.NewGuid(), "Example AD", Suffix, $"ldaps://{_address}")) with
            {
                CaPem = _authority.Pem,
                ServiceAccount = Reader,
            };
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            _missing = "Samba's domain controller needs root for its ports.";
            return;
        }

        if (!File.Exists("/usr/sbin/samba") || !Directory.Exists("/usr/share/samba/setup"))
        {
            _missing = "Samba's domain controller is not installed (Debian: apt-get install samba samba-ad-dc samba-ad-provision samba-dsdb-modules; test.sh does it when run as root).";
            return;
        }

        var (certificate, key) = _authority.Issue(_address);
        _folder.Write("cert.pem", certificate);
        File.SetUnixFileMode(_folder.Write("key.pem", key), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _folder.Write("ca.pem", _authority.Pem);
        var domain = _folder.File("dc");
        string[] own = [$"--option=interfaces={_address}/8", "--option=bind interfaces only=yes", $"--option=log file={_folder.File("log")}"];
        await DirectoryProgram.RunAsync(DirectoryProgram.Find("samba-tool", "samba"), null, s_limit,
            ["domain", "provision", $"--targetdir={domain}", "--realm=AD.EXAMPLE.TEST", "--domain=ADEX", $"--adminpass={AdministratorPassword}",
                "--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", $"--host-ip={_address}", $"--option=posix:eadb={domain}/eadb.tdb", .. own]);
        _program = await DirectoryProgram.ServeAsync(DirectoryProgram.Find("samba", "samba-ad-dc"), _address, [389, 636], s_limit,
            ["-i", "-M", "single", "-s", $"{domain}/etc/smb.conf", "--option=server services=ldap", $"--option=pid directory={domain}",
                $"--option=tls certfile={_folder.File("cert.pem")}", $"--option=tls keyfile={_folder.File("key.pem")}", $"--option=tls cafile={_folder.File("ca.pem")}", .. own]);
        await ModifyAsync(Content);
    }

    /// <summary>Applies LDIF change records as the domain's administrator.</summary>
    internal Task ModifyAsync(string changes) =>
        DirectoryProgram.RunAsync(DirectoryProgram.Find("ldapmodify", "ldap-utils"), changes, s_limit,
            "-x", "-H", $"ldaps://{_address}", "-D", Administrator, "-w", AdministratorPassword);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _folder.Dispose();
        _authority.Dispose();
    }

    /// <summary>alice is in Inner, that in Outer, that in Outermost; everybody's primary group Domain Users is in Everybody; Crowd has twelve members.</summary>
    private static string Content { get; } = string.Concat(
        User("reader"),
        User("alice", "displayName: Alice Liddell", "mail: alice@ad.example.test"),
        User("disabled").Replace("userAccountControl: 512", "userAccountControl: 514", StringComparison.Ordinal),
        User("expired", "accountExpires: 130000000000000000"),
        User("mustchange", "pwdLastSet: 0"),
        User("leaver"),
        string.Concat(Enumerable.Range(0, 12).Select(i => Group($"Many{i}", "alice"))),
        Group("Inner", "alice"),
        Group("Outer", "Inner"),
        Group("Outermost", "Outer"),
        Group("Others", "reader"),
        Group("Everybody", "Domain Users"),
        Group("Crowd", [.. Enumerable.Range(0, 12).Select(i => $"Many{i}")]));

    private static string User(string name, params string[] more) => ExampleDirectory.Entry(
    [
        $"dn: CN={name},{Users}", "changetype: add", "objectClass: user", $"sAMAccountName: {name}", $"userPrincipalName: {name}@ad.example.test",
        $"unicodePwd:: {Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{PasswordOf(name)}\""))}", "userAccountControl: 512", .. more,
    ]);

    private static string Group(string name, params string[] members) => ExampleDirectory.Entry(
        [$"dn: CN={name},{Users}", "changetype: add", "objectClass: group", $"sAMAccountName: {name}", .. members.Select(member => $"member: CN={member},{Users}")]);
}
