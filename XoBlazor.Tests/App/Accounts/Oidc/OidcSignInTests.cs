using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Oidc;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Accounts.Oidc.Support;

namespace XoBlazor.Tests.App.Accounts.Oidc;

/// <summary>People of a provider on loopback, and every lie that it, or somebody between, could tell.</summary>
public sealed class OidcSignInTests : IAsyncLifetime
{
    private static readonly Uri s_callback = new("https://xo.example.test/sign-in/with/example/callback");

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private OidcServer _provider = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a provider, or somebody who can write tokens, may try; and what the log says of it.</summary>
    public static TheoryData<string, string> Lies => new()
    {
        { "nonce of another sign-in", "another sign-in" },
        { "no nonce", "another sign-in" },
        { "another issuer", "made by somebody else" },
        { "another audience", "made for somebody else" },
        { "no audience", "made for somebody else" },
        { "for two, by the other", "another program" },
        { "for two, by nobody", "another program" },
        { "expired", "is over" },
        { "without an end", "is over" },
        { "not valid yet", "not valid yet" },
        { "made an hour ago", "not made just now" },
        { "made tomorrow", "not made just now" },
        { "another key of the same name", "not signed by the provider" },
        { "a key that is not there", "a key that the provider does not have" },
        { "algorithm none", "cannot be checked" },
        { "algorithm none with a signature", "cannot be checked" },
        { "the public key as a shared secret", "cannot be checked" },
        { "a head that asks for more", "of a kind" },
        { "no subject", "whose it is" },
        { "no token", "no ID token" },
        { "rubbish", "is none" },
    };

    public async ValueTask InitializeAsync() => _provider = await OidcServer.StartAsync();

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task SignIn_SaysWhoItIsWithGroups()
    {
        var accepted = Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(_provider.Settings()));

        var person = accepted.Person;
        Assert.Equal(($"{_provider.Issuer} person-1", "ada", "Ada Lovelace", "ada@example.test"), (person.Id, person.Name, person.DisplayName, person.Mail));
        Assert.Equal([$"{_provider.Issuer} operators", $"{_provider.Issuer} staff"], person.Groups.Select(group => group.Id));
        Assert.Equal(["operators", "staff"], person.Groups.Select(group => group.Name));
        Assert.Equal("openid profile email", _provider.LastQuery["scope"]);
        Assert.InRange(_provider.LastQuery["nonce"].Length, 40, 50);
    }

    [Fact]
    public async Task SignIn_WithAnEllipticKeyOverHttpsOfItsOwnAuthority_SaysWhoItIs()
    {
        using var authority = new TestAuthority();
        await using var provider = await OidcServer.StartAsync(authority);
        provider.Key = OidcKey.Ec("curve");

        Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(provider.Settings() with { CaPem = authority.Pem }, provider));

        var trouble = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(provider.Settings(), provider));
        Assert.Contains("certificate", trouble.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task SignIn_Lie_IsRefused(string lie, string why)
    {
        var long_ = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        var late = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds();
        Action act = lie switch
        {
            "nonce of another sign-in" => () => _provider.Claims = claims => claims["nonce"] = "another",
            "no nonce" => () => _provider.Claims = claims => claims.Remove("nonce"),
            "another issuer" => () => _provider.Claims = claims => claims["iss"] = "https://accounts.example.test",
            "another audience" => () => _provider.Claims = claims => claims["aud"] = "another-program",
            "no audience" => () => _provider.Claims = claims => claims.Remove("aud"),
            "for two, by the other" => () => _provider.Claims = claims => (claims["aud"], claims["azp"]) = (new JsonArray(OidcServer.Client, "another-program"), "another-program"),
            "for two, by nobody" => () => _provider.Claims = claims => claims["aud"] = new JsonArray(OidcServer.Client, "another-program"),
            "expired" => () => _provider.Claims = claims => claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-3).ToUnixTimeSeconds(),
            "without an end" => () => _provider.Claims = claims => claims.Remove("exp"),
            "not valid yet" => () => _provider.Claims = claims => claims["nbf"] = late,
            "made an hour ago" => () => _provider.Claims = claims => claims["iat"] = long_,
            "made tomorrow" => () => _provider.Claims = claims => claims["iat"] = late,
            "another key of the same name" => () => _provider.Sign = OidcKey.Rsa("first").Sign,
            "a key that is not there" => () => (_provider.Sign, _provider.Head) = (OidcKey.Rsa("other").Sign, head => head["kid"] = "other"),
            "algorithm none" => () => (_provider.Sign, _provider.Head) = (_ => [], head => head["alg"] = "none"),
            "algorithm none with a signature" => () => _provider.Head = head => head["alg"] = "none",
            "the public key as a shared secret" => () => (_provider.Sign, _provider.Head) = (bytes => HMACSHA256.HashData(_provider.Key.PublicBytes(), bytes), head => head["alg"] = "HS256"),
            "a head that asks for more" => () => _provider.Head = head => (head["crit"], head["exp"]) = (new JsonArray("exp"), late),
            "no subject" => () => _provider.Claims = claims => claims.Remove("sub"),
            "no token" => () => _provider.Person = new JsonObject { ["x"] = new string('x', 70_000) },
            _ => () => _provider.Head = head => head["alg"] = new string('\u0001', 3),
        };
        act();

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings()));

        Assert.StartsWith("Example ID: ", refused.Message, StringComparison.Ordinal);
        if (lie is not ("algorithm none" or "algorithm none with a signature" or "the public key as a shared secret" or "rubbish"))
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ClocksThatDifferALittle_DoNotMatter()
    {
        _provider.Claims = claims => claims["exp"] = TimeProvider.System.GetUtcNow().AddSeconds(-60).ToUnixTimeSeconds();

        Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(_provider.Settings()));
    }

    [Fact]
    public async Task Complete_CodeAgain_IsRefusedByTheProvider()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);
        var (question, begun) = await BeginAsync(signIn);
        var back = await VisitAsync(begun);
        await signIn.CompleteAsync(new(back, question, begun.Memo), Token);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => signIn.CompleteAsync(new(back, question, begun.Memo), Token));

        Assert.Contains("invalid_grant", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_CodeOfAnotherSignIn_IsRefused()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);
        var (_, theirs) = await BeginAsync(signIn);
        var (question, ours) = await BeginAsync(signIn);
        var back = await VisitAsync(theirs);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => signIn.CompleteAsync(new(back, question, ours.Memo), Token));

        Assert.Contains("invalid_grant", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_AnswerOfAnotherProvider_SendsTheCodeNowhere(bool namesItself)
    {
        await using var evil = await OidcServer.StartAsync();
        evil.Back = back =>
        {
            if (!namesItself)
                back.Remove("iss");
        };
        using var honest = new OidcSignIn(_provider.Settings(), _time);
        using var other = new OidcSignIn(evil.Settings(), _time);
        var (question, begun) = await BeginAsync(honest);
        var (_, theirs) = await BeginAsync(other);
        var back = await VisitAsync(theirs);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => honest.CompleteAsync(new(back, question, begun.Memo), Token));

        Assert.Contains("somebody else answered", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("POST /token", _provider.Requests);
    }

    [Fact]
    public async Task Complete_GivenUpThere_IsRefusedInWords()
    {
        _provider.Back = back =>
        {
            back.Remove("code");
            back["error"] = "access_denied";
        };

        var refused = Assert.IsType<RedirectAnswer.Refused>(await GoAsync(_provider.Settings()));

        Assert.Contains("given up", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_NewOnes_AreReadWhenATokenNamesOneButNotAtEachWrongToken()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);
        await GoAsync(signIn);
        _provider.Key = OidcKey.Rsa("second");
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(signIn));

        _provider.Head = head => head["kid"] = "never there";
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<ProviderException>(() => GoAsync(signIn));
        Assert.Equal(2, _provider.Requests.Count(request => request == "GET /keys"));
    }

    [Fact]
    public async Task Keys_WeakOnesAlone_AreRefused()
    {
        (_provider.HidesKey, _provider.Key) = (true, OidcKey.Rsa("weak", 1024));
        _provider.OtherKeys.Add(_provider.Key);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings()));

        Assert.Contains("no key to check signatures with", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserInfo_HasWhatTheTokenLeavesOut()
    {
        _provider.UserInfo = (JsonObject)_provider.Person.DeepClone();
        _provider.Claims = claims => claims.Remove("groups");

        var accepted = Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(_provider.Settings() with { AsksUserInfo = true }));

        Assert.Equal(["operators", "staff"], accepted.Person.Groups.Select(group => group.Name));
    }

    [Fact]
    public async Task UserInfo_OfSomebodyElse_IsRefused()
    {
        _provider.UserInfo = new JsonObject { ["sub"] = "person-2", ["groups"] = new JsonArray("administrators") };

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings() with { AsksUserInfo = true }));

        Assert.Contains("somebody else", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operators", true)]
    [InlineData("Operators", false)]
    [InlineData("administrators", false)]
    public async Task AllowedGroups_LetInTheirMembersAlone(string group, bool isIn)
    {
        var answer = await GoAsync(_provider.Settings() with { AllowedGroups = [group] });

        Assert.Equal(isIn, answer is RedirectAnswer.Accepted);
    }

    [Theory]
    [InlineData("example.test", true, true)]
    [InlineData("example.test", false, false)]
    [InlineData("example.test", null, false)]
    [InlineData("ample.test", true, false)]
    public async Task AllowedDomains_LetInVerifiedMailAlone(string domain, bool? isVerified, bool isIn)
    {
        _provider.Claims = claims => claims["email_verified"] = isVerified;

        var answer = await GoAsync(_provider.Settings() with { AllowedDomains = [domain] });

        Assert.Equal(isIn, answer is RedirectAnswer.Accepted);
    }

    [Fact]
    public async Task Groups_WithinOtherClaims_AreFound()
    {
        _provider.Claims = claims => claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray("one") };

        var accepted = Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(_provider.Settings() with { GroupsClaim = "realm_access.roles" }));

        Assert.Equal("one", Assert.Single(accepted.Person.Groups).Name);
    }

    [Fact]
    public async Task Groups_LeftOutBecauseTheyAreMany_TakeNobodysRightsSilently()
    {
        _provider.Claims = claims =>
        {
            claims.Remove("groups");
            claims["_claim_names"] = new JsonObject { ["groups"] = "src1" };
        };

        var refused = Assert.IsType<RedirectAnswer.Refused>(await GoAsync(_provider.Settings()));

        Assert.Contains("too many", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_IssuerOfAnotherName_IsRefusedNamingIt()
    {
        _provider.Document = document => document["issuer"] = "https://accounts.example.test";

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings()));

        Assert.Contains("'https://accounts.example.test'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token_endpoint", "http://192.0.2.1/token")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("jwks_uri", null)]
    public async Task Discovery_AddressesThatAreNotHttps_AreRefused(string name, string? address)
    {
        _provider.Document = document => document[name] = address;

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings()));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_KeysOnAnotherServerOfTheNetwork_AreFetchedOnlyWhenItIsNamed()
    {
        await using var elsewhere = await OidcServer.StartAsync();
        elsewhere.Key = _provider.Key;
        var there = new Uri(elsewhere.Issuer);
        _provider.Document = document => document["jwks_uri"] = $"http://localhost:{there.Port}/keys";

        var refused = await Assert.ThrowsAsync<ProviderException>(() => GoAsync(_provider.Settings()));

        Assert.Contains("localhost, which the provider names, is not on the public Internet", refused.Message, StringComparison.Ordinal);
        Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(_provider.Settings() with { Hosts = ["localhost"] }));
    }

    [Fact]
    public async Task Discovery_ProviderThatFails_IsNotAskedAtEachSignIn()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);
        _provider.IsDown = true;
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<ProviderException>(() => BeginAsync(signIn));
        var asked = _provider.Requests.Count;
        (_provider.IsDown, _) = (false, asked);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.IsType<RedirectAnswer.Accepted>(await GoAsync(signIn));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Begin_Again_AsksForAFreshProof()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);

        var begun = await signIn.BeginAsync(new(s_callback, "state", IsAgain: true), Token);

        Assert.Contains("prompt=login", begun.Address.Query, StringComparison.Ordinal);
        Assert.Contains("max_age=0", begun.Address.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://idp.example.test")]
    [InlineData("https://name:secret@idp.example.test")]
    [InlineData("https://idp.example.test/?tenant=1")]
    public void Issuer_ThatIsNoHttpsAddress_IsRefused(string issuer) =>
        Assert.Throws<ProviderException>(() => new OidcSignIn(new OidcSettings { Issuer = new(issuer), ClientId = "x" }, _time).Dispose());

    [Fact]
    public async Task Test_SaysWhatItFound()
    {
        using var signIn = new OidcSignIn(_provider.Settings(), _time);

        var words = string.Join(' ', await signIn.TestAsync(Token));

        Assert.Contains("names itself as entered", words, StringComparison.Ordinal);
        Assert.Contains("1 key to sign with", words, StringComparison.Ordinal);
    }

    private async Task<RedirectAnswer> GoAsync(OidcSettings settings, OidcServer? provider = null)
    {
        using var signIn = new OidcSignIn(settings, _time);
        return await GoAsync(signIn, provider);
    }

    private static async Task<RedirectAnswer> GoAsync(OidcSignIn signIn, OidcServer? provider = null)
    {
        var (question, begun) = await BeginAsync(signIn);
        return await signIn.CompleteAsync(new(await VisitAsync(begun), question, begun.Memo), Token);
    }

    private static async Task<(RedirectQuestion Question, RedirectBegun Begun)> BeginAsync(OidcSignIn signIn)
    {
        var question = new RedirectQuestion(s_callback, "the state", IsAgain: false);
        return (question, await signIn.BeginAsync(question, Token));
    }

    /// <summary>What a browser takes along from the provider's page.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> VisitAsync(RedirectBegun begun)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
        using var browser = new HttpClient(handler);
        using var answer = await browser.GetAsync(begun.Address, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(one => one.Key, one => one.Value.ToString());
    }
}
