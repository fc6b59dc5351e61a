using System.Net;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>The password once more, before what opens the account is changed.</summary>
internal sealed class ProfileDoor : IDoor
{
    public string Name => "password again";

    public bool TakesNames => false;

    public bool TakesCodes => false;

    public async Task<Knocker> ApproachAsync(TestServer server, string name, string rightPassword)
    {
        var browser = server.Browser();
        using var signIn = await browser.SignInAsAsync(name, rightPassword);
        Assert.Equal(HttpStatusCode.Found, signIn.StatusCode);
        return async (password, _) =>
        {
            using var answer = await browser.StepAsync(OwnPasskeyEndpoints.PasswordPath, "password", password, OwnPasskeyEndpoints.Path);
            return new(answer.StatusCode == HttpStatusCode.Found, await PageDoor.ProblemAsync(answer));
        };
    }
}
