using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace XoBlazor.App.Accounts.Steps;

/// <summary>The pages of the way in, as answers.</summary>
internal static class SignInPages
{
    public const string ProvePath = "/sign-in/prove";
    public const string PasskeyPath = "/sign-in/passkey";
    public const string EnrolPath = "/sign-in/enrol";
    public const string EnrolPasskeyPath = "/sign-in/enrol-passkey";
    public const string CodesPath = "/sign-in/codes";
    public const string PasswordPath = "/sign-in/password";

    private const string Stale = "This step of signing in is not due, or took too long. Sign in again.";

    /// <summary>Where a step is asked.</summary>
    public static string PathOf(SignInStep step) => step switch
    {
        SignInStep.Prove => ProvePath,
        SignInStep.NewPassword => PasswordPath,
        SignInStep.Enrol => EnrolPath,
        SignInStep.KeepCodes => CodesPath,
        SignInStep.Done => "/",
    };

    /// <summary>The beginning again, saying why.</summary>
    public static IResult NotDue(string problem = Stale, int status = StatusCodes.Status403Forbidden) =>
        Page<SignInPage>(status, (nameof(SignInPage.Problem), problem));

    public static RazorComponentResult<TPage> Page<TPage>(int status, params ReadOnlySpan<(string Name, object? Value)> parameters) where TPage : IComponent
    {
        var all = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters)
            all[name] = value;
        return new RazorComponentResult<TPage>(all) { StatusCode = status };
    }
}
