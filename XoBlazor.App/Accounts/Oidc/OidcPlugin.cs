using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.Plugins;
using XoBlazor.Plugins.SignIn;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>Signs people in with an OpenID Connect provider. What the provider is asked happens here; whose account that is, says the server as for any other plugin.</summary>
internal sealed class OidcPlugin(TimeProvider time) : Plugin
{
    public const string Name = "oidc";

    private volatile OidcSignIn? _signIn;

    public override string Id => Name;

    public override string Version => "1.0.0";

    public override bool IsTestable => true;

    private OidcSignIn SignIn => _signIn ?? throw new InvalidOperationException("It is not configured.");

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        // The provider is not asked yet: one that is down at the moment must not keep the server from starting with it.
        var before = Interlocked.Exchange(ref _signIn, new OidcSignIn(Read(configuration), time));
        before?.Dispose();
        return Task.CompletedTask;
    }

    protected override Task UnloadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _signIn, null)?.Dispose();
        return Task.CompletedTask;
    }

    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken) => string.Join(' ', await SignIn.TestAsync(cancellationToken));

    protected override async Task<RedirectStart> BeginSignInAsync(RedirectAttempt attempt, CancellationToken cancellationToken)
    {
        var begun = await SignIn.BeginAsync(Question(attempt), cancellationToken);
        return new(begun.Address.AbsoluteUri, begun.Memo);
    }

    protected override async Task<SignInVerdict?> CompleteSignInAsync(RedirectBack back, CancellationToken cancellationToken)
    {
        var signIn = SignIn;
        try
        {
            return await signIn.CompleteAsync(new(back.Query, Question(back.Attempt), back.Memo), cancellationToken) switch
            {
                RedirectAnswer.Accepted { Person: var person, Proven: var proven } => new SignInVerdict.Person(person.Id, person.Name)
                {
                    DisplayName = person.DisplayName,
                    Mail = person.Mail,
                    Groups = [.. person.Groups.Select(group => (group.Id, group.Name))],
                    MayBeNew = person.MayBeNew,
                    Proven = proven,
                },
                RedirectAnswer.Refused refused => new SignInVerdict.Refused(refused.Words, refused.Reason),
                _ => null,
            };
        }
        catch (ProviderException trouble)
        {
            // Not the plugin's failure: somebody's browser may bring whatever it likes.
            return new SignInVerdict.Refused(null, trouble.Message[(trouble.Message.StartsWith($"{signIn.Settings.Label}: ", StringComparison.Ordinal) ? signIn.Settings.Label.Length + 2 : 0)..]);
        }
    }

    protected override async Task<string?> SignOutElsewhereAsync(string callback, CancellationToken cancellationToken) =>
        (await SignIn.SignOutAsync(new Uri(callback), cancellationToken))?.AbsoluteUri;

    private static RedirectQuestion Question(RedirectAttempt attempt) => new(new Uri(attempt.Callback), attempt.State, attempt.IsAgain);

    private static OidcSettings Read(JsonObject all)
    {
        var plain = new OidcSettings { Issuer = new("https://issuer.invalid/"), ClientId = "" };
        var issuer = Text("issuer", "").Trim();
        return plain with
        {
            Label = Text("label", plain.Label),
            Issuer = Uri.TryCreate(issuer, UriKind.Absolute, out var address) ? address
                : throw new ProviderException($"The issuer '{SignInAudit.Printable(issuer)}' is no address. Enter it as the provider's own documents write it, such as https://id.example.org/realms/main."),
            ClientId = Text("clientId", "").Trim(),
            ClientSecret = Text("clientSecret", "") is { Length: > 0 } secret ? secret : null,
            Scopes = Texts("scopes", plain.Scopes),
            NameClaim = Text("nameClaim", plain.NameClaim),
            DisplayNameClaim = Text("displayNameClaim", plain.DisplayNameClaim),
            MailClaim = Text("mailClaim", plain.MailClaim),
            GroupsClaim = Text("groupsClaim", plain.GroupsClaim),
            AllowedGroups = Texts("allowedGroups", []),
            AllowedDomains = Texts("allowedDomains", []),
            MakesAccounts = all["createAccounts"] is not { } create || create.GetValue<bool>(),
            AsksUserInfo = all["userInfo"]?.GetValue<bool>() ?? false,
            OffersSignOut = all["signOut"]?.GetValue<bool>() ?? false,
            Hosts = Texts("hosts", []),
            CaPem = Text("authorities", "") is { Length: > 0 } pem ? pem : null,
        };

        string Text(string name, string otherwise) => all[name]?.GetValue<string>() ?? otherwise;

        ImmutableArray<string> Texts(string name, ImmutableArray<string> otherwise) => all[name] is JsonArray items ? [.. items.Select(item => item!.GetValue<string>().Trim())] : otherwise;
    }
}
