using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace XoBlazor.App.Accounts;

/// <summary>The page behind the one-time link on a new server's console.</summary>
internal static class SetUpEndpoints
{
    public const string Path = "/set-up";

    private const string Stale = "This link is not valid any more. It works once, and a restart prints a new one as long as there is no account.";

    public static void MapSetUp(this WebApplication app)
    {
        app.MapGet(Path, (string? code, SetUpCode right, FirstAdministrator first) =>
            IsValid(code, right, first) ? Page(code, null, null) : Page(null, Stale, null, StatusCodes.Status403Forbidden)).AllowAnonymous();
        app.MapPost(Path, CreateAsync).AllowAnonymous();
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] string? code,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? again,
        SetUpCode right,
        FirstAdministrator first,
        CancellationToken token)
    {
        if (!IsValid(code, right, first))
            return Page(null, Stale, null, StatusCodes.Status403Forbidden);
        if (password != again)
            return Page(code, "The two passwords differ.", name, StatusCodes.Status400BadRequest);

        var problems = await first.CreateAsync(name ?? "", password ?? "", token);
        return problems.Count == 0
            ? Results.LocalRedirect(SignInEndpoints.Path)
            : Page(code, string.Join(' ', problems), name, StatusCodes.Status400BadRequest);
    }

    private static bool IsValid(string? code, SetUpCode right, FirstAdministrator first) => first.IsMissing && right.Matches(code);

    private static RazorComponentResult<SetUpPage> Page(string? code, string? problem, string? name, int status = StatusCodes.Status200OK) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SetUpPage.Code)] = code,
            [nameof(SetUpPage.Problem)] = problem,
            [nameof(SetUpPage.Name)] = name ?? "admin",
        })
        {
            StatusCode = status,
        };
}
