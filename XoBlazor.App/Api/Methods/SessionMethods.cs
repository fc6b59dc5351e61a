using XoBlazor.App.Accounts;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Api.Methods;

/// <summary>Signing in and out.</summary>
internal sealed class SessionMethods(ApiSignIn signIn, UserShape users, SignInAudit audit) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        new("session.signIn", ApiPermission.Anyone, SignInAsync) { Description = "sign in" },
        new("session.signInWithPassword", ApiPermission.Anyone, SignInAsync)
        {
            Description = "sign in with a password; the same as session.signIn",
            Parameters = [ApiParameter.Text("email"), ApiParameter.Text("password")],
        },
        new("session.signInWithToken", ApiPermission.Anyone, SignInAsync)
        {
            Description = "sign in with a token; the same as session.signIn",
            Parameters = [ApiParameter.Text("token")],
        },
        new("session.signOut", ApiPermission.SignedIn, SignOutAsync) { Description = "sign out the user from the current session" },
        new("session.getUser", ApiPermission.Anyone, call => ValueTask.FromResult(call.Session is { } session ? users.Of(session.Requester.Actor) : ApiResult.Null))
        {
            Description = "return the currently connected user",
        },
    ];

    private async ValueTask<ApiResult> SignInAsync(ApiCall call)
    {
        var connection = call.Connection;
        var session = (call.TextOrNull("token"), call.TextOrNull("email") ?? call.TextOrNull("username"), call.TextOrNull("password")) switch
        {
            ({ Length: > 0 } token, _, _) => await signIn.WithTokenAsync(connection, token, call.Closed),
            // An empty password is refused before any directory could take it for an anonymous greeting.
            (_, { Length: > 0 } name, { Length: > 0 } password) => await signIn.WithPasswordAsync(connection, name, password, call.TextOrNull("otp"), call.Closed),
            _ => throw ApiException.InvalidCredentials(),
        };
        await connection.SignInAsync(session);
        return users.Of(session.Requester.Actor);
    }

    private async ValueTask<ApiResult> SignOutAsync(ApiCall call)
    {
        var (actor, face, address) = call.Requester;
        await call.Connection.SignOutAsync();
        await audit.SignedOutAsync(new AuditActor(actor.Id, actor.Name, actor.LimitedTo), address, face);
        return ApiResult.Done;
    }
}
