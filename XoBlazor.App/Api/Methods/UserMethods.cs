using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Users. <c>permission</c> is <c>admin</c> for those who have the role Administrator on everything; setting it gives or takes that.</summary>
internal sealed class UserMethods(
    UserAdministration users, GrantAdministration grants, AdministrationReader reader, OwnAccount own, Subjects subjects, UserShape shape, AccessEngine access) : IApiMethods
{
    private static readonly string[] s_permissions = ["none", "read", "write", "admin"];

    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Users);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("user.getAll", s_administer, GetAllAsync) { Description = "returns all the existing users" },
        new("user.create", s_administer, CreateAsync) { Description = "creates a new user", Parameters = [Text("email"), Text("password"), Text("permission").Optional] },
        new("user.delete", s_administer, DeleteAsync) { Description = "deletes an existing user", Parameters = [Text("id")] },
        new("user.set", ApiPermission.SignedIn, SetAsync)
        {
            Description = "changes the properties of an existing user",
            Parameters = [Text("id"), Text("email").Optional, Text("password").Optional, Text("permission").Optional, ApiParameter.Object("preferences").Optional],
        },
        new("user.changePassword", ApiPermission.SignedIn, ChangePasswordAsync)
        {
            Description = "change password after checking old password (user function)",
            Parameters = [Text("oldPassword"), Text("newPassword")],
        },
    ];

    private async ValueTask<ApiResult> GetAllAsync(ApiCall call)
    {
        var all = await reader.UsersAsync(call.Closed);
        return ApiResult.Of(writer =>
        {
            writer.WriteStartArray();
            foreach (var user in all)
                shape.Write(writer, AccessPolicyFeed.Text(user.Id), user.Name, user.IsAdministrator, user.Directory);
            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> CreateAsync(ApiCall call)
    {
        var isAdministrator = IsAdministrator(call);
        if ((await reader.UsersAsync(call.Closed)).Any(user => string.Equals(user.Name, call.Text("email").Trim(), StringComparison.OrdinalIgnoreCase)))
            throw new ApiException(ApiErrorCode.ObjectAlreadyExists, $"the user {call.Text("email").Trim()} already exists", new System.Text.Json.Nodes.JsonObject { ["objectType"] = "user" });
        var id = await users.CreateAsync(call.Requester, new(call.Text("email"), call.Text("password"), MustChangePassword: false), CancellationToken.None);
        if (isAdministrator == true)
            await grants.AddAsync(call.Requester, SubjectKind.User, id, Role.Administrator.Id, AccessScope.Everything.Instance, CancellationToken.None);
        return AccessPolicyFeed.Text(id);
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var user = await subjects.UserAsync(call.Text("id"), call.Closed);
        if (user.Id == call.Session!.Account)
            throw ApiException.InvalidParameter("id", "a user cannot delete itself");
        await users.DeleteAsync(call.Requester, user.Id, CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> SetAsync(ApiCall call)
    {
        var (requester, none) = (call.Requester, CancellationToken.None);
        // Xen Orchestra lets everybody here; who is there is for administrators to know.
        if (access.Refusal(requester.Actor, AdministrationRights.Users, null) is { } refusal)
            throw ApiException.Unauthorized("admin", reason: refusal);
        if (call.Has("preferences"))
            throw ApiException.NotImplemented("Preferences are kept by the console for each person, not by the API.");
        var user = await subjects.UserAsync(call.Text("id"), call.Closed);
        var isAdministrator = IsAdministrator(call);
        if (isAdministrator is not null && user.Id == call.Session!.Account)
            throw ApiException.InvalidParameter("permission", "a user cannot change its own permission");
        if (call.TextOrNull("email") is { } name)
            await users.EditAsync(requester, user.Id, name, user.DisplayName, user.Email, none);
        if (call.TextOrNull("password") is { } password)
            await users.ResetPasswordAsync(requester, user.Id, password, none);
        if (isAdministrator == true)
            await grants.AddAsync(requester, SubjectKind.User, user.Id, Role.Administrator.Id, AccessScope.Everything.Instance, none);
        else if (isAdministrator == false)
            foreach (var grant in await reader.GrantsAsync([user.Id], call.Closed))
                if (grant is { RoleId: var role, Scope: AccessScope.Everything } && role == Role.Administrator.Id)
                    await grants.RemoveAsync(requester, grant.Id, none);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> ChangePasswordAsync(ApiCall call)
    {
        if (call.Requester.Actor.LimitedTo is not null)
            throw ApiException.Unauthorized(reason: "A token that is limited to a role changes no password.");
        await own.ChangePasswordAsync(call.Requester, call.Session!.SignIn ?? Guid.Empty, call.Text("oldPassword"), call.Text("newPassword"), CancellationToken.None);
        return ApiResult.Done;
    }

    // Null when nothing was said.
    private static bool? IsAdministrator(ApiCall call) => call.TextOrNull("permission") switch
    {
        null => null,
        "admin" => true,
        { } other when s_permissions.Contains(other) => false,
        _ => throw ApiException.InvalidParameter("permission", $"must be one of {string.Join(", ", s_permissions)}"),
    };
}
