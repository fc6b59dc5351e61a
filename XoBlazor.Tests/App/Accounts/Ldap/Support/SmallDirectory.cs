namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>One slapd with <see cref="ExampleDirectory.Small"/> and its special cases for all tests that only read.</summary>
public sealed class SmallDirectory : IAsyncLifetime
{
    public const string Markup = "<script>alert(1)</script>";
    public const string Special = """a+b,"c"\<d>;=e#""";

    private Slapd? _server;

    internal TestAuthority Authority { get; } = new();

    internal Slapd Server => _server!;

    public async ValueTask InitializeAsync() => _server = await Slapd.StartAsync(Authority, ExampleDirectory.Small + Hostile + Barred);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Authority.Dispose();
    }

    private static string Hostile { get; } = string.Concat(
        ExampleDirectory.Entry(
        [
            $"dn: uid={Markup},{ExampleDirectory.People}".Replace("<", "\\3C", StringComparison.Ordinal).Replace(">", "\\3E", StringComparison.Ordinal),
            "objectClass: inetOrgPerson", $"uid: {Markup}", "cn: Markup", "sn: x", "userPassword: hostile secret",
        ]),
        ExampleDirectory.Entry(
        [
            $"dn: uid={SpecialEscaped},{ExampleDirectory.People}", "objectClass: inetOrgPerson", $"uid:: {ExampleDirectory.Base64(Special)}",
            $"cn:: {ExampleDirectory.Base64("Line\nbreak \u001b[31m\u202e")}", "sn: x", "userPassword: hostile secret",
            "mail: <script>@example.test", "mail: good@example.test",
        ]),
        ExampleDirectory.Group("special", [$"uid={SpecialEscaped},{ExampleDirectory.People}"]),
        ExampleDirectory.Person("huge", "Huge", "huge@example.test", more: [$"displayName: {new string('x', 1 << 20)}", $"description: {new string('y', 1 << 20)}"]),
        ExampleDirectory.Person("many", "Many", "many@example.test", more: [.. Enumerable.Range(0, 5000).Select(i => $"mail: many{i}@example.test")]),
        ExampleDirectory.Person("twin", "Twin", "twin@example.test"),
        ExampleDirectory.Person("other", "Other Twin", "other@example.test", more: ["uid: twin"]));

    private static string Barred { get; } = string.Concat(
        ExampleDirectory.Person("locked", "Locked", "l@example.test", more: ["pwdAccountLockedTime: 000001010000Z"]),
        ExampleDirectory.Person("reset", "Reset", "r@example.test", more: ["pwdReset: TRUE"]));

    private const string SpecialEscaped = """a\2Bb\2C\22c\22\5C\3Cd\3E\3B\3De#""";
}
