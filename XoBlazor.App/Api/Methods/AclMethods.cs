using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>
/// Xen Orchestra's ACLs, which are grants here: viewer, operator and admin are the roles Viewer, Operator and VM administrator, and what is given on a pool or
/// host reaches what is in it. Grants by rule or on everything have no object, and are not told.
/// </summary>
internal sealed class AclMethods(GrantAdministration grants, AdministrationReader reader, Subjects subjects, AccessEngine access) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Grants);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("acl.get", s_administer, GetAsync) { Description = "get existing ACLs" },
        new("acl.getCurrentPermissions", ApiPermission.SignedIn, call => ValueTask.FromResult<ApiResult>(Permissions(call)))
        {
            Description = "get (explicit) permissions by object for the current user",
        },
        new("acl.add", s_administer, AddAsync) { Description = "add an ACL", Parameters = [Text("subject"), Text("object"), Text("action")] },
        new("acl.remove", s_administer, RemoveAsync) { Description = "remove an existing ACL", Parameters = [Text("subject"), Text("object"), Text("action")] },
        new("role.getAll", ApiPermission.SignedIn, static _ => ValueTask.FromResult<ApiResult>(Roles())) { Description = "Returns the list of all existing roles" },
    ];

    private static JsonArray Roles() =>
    [
        .. XoRoles.All.Select(one => new JsonObject
        {
            ["id"] = one.Action,
            ["name"] = SentenceText.Capital(one.Action),
            ["permissions"] = new JsonArray([.. one.Permissions.Select(permission => (JsonNode)permission)]),
        }),
    ];

    private async ValueTask<ApiResult> GetAsync(ApiCall call) =>
        new JsonArray([.. (await reader.GrantsAsync(null, call.Closed)).Where(grant => ObjectOf(grant.Scope) is not null).Select(grant => (JsonNode)new JsonObject
        {
            ["action"] = XoRoles.ActionOf(grant.RoleId),
            ["object"] = ObjectOf(grant.Scope),
            ["subject"] = AccessPolicyFeed.Text(grant.SubjectId),
            ["id"] = grant.Id.ToString("D"),
        })]);

    private JsonObject Permissions(ApiCall call)
    {
        var map = new JsonObject();
        foreach (var grant in access.Policy.GrantsOf(call.Requester.Actor.Id))
        {
            if (ObjectOf(grant.Scope) is not { } id || access.Policy.Roles.GetValueOrDefault(grant.Role) is not { } role)
                continue;
            var own = map[id] as JsonObject ?? [];
            own["view"] = true;
            foreach (var (_, known, permissions) in XoRoles.All)
                if (role == known || role == Role.Administrator)
                    foreach (var permission in permissions)
                        own[permission] = true;
            map[id] = own.Parent is null ? own : own.DeepClone();
        }
        return map;
    }

    private async ValueTask<ApiResult> AddAsync(ApiCall call)
    {
        var subject = await subjects.EitherAsync(call.Text("subject"), call.Closed);
        await grants.AddAsync(call.Requester, subject.Kind, subject.Id, XoRoles.Of(access, call.Text("action")), ScopeOf(call), CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> RemoveAsync(ApiCall call)
    {
        var (subject, role) = (await subjects.EitherAsync(call.Text("subject"), call.Closed), XoRoles.Of(access, call.Text("action")));
        foreach (var grant in await reader.GrantsAsync([subject.Id], call.Closed))
            if (grant.Kind == subject.Kind && grant.RoleId == role && ObjectOf(grant.Scope) == call.Text("object"))
                await grants.RemoveAsync(call.Requester, grant.Id, CancellationToken.None);
        return ApiResult.Done;
    }

    private static AccessScope ScopeOf(ApiCall call)
    {
        var found = call.Find("object");
        return found.Object switch
        {
            Pool => new AccessScope.OfPool(found.Pool.Uuid),
            Host host => new AccessScope.OfHost(found.Pool.Key(host), WithVms: true),
            _ => new AccessScope.OfObject(found.Pool.Key(found.Object)),
        };
    }

    private static string? ObjectOf(AccessScope? scope) => scope switch
    {
        AccessScope.OfPool pool => pool.Pool,
        AccessScope.OfHost host => host.Host.Uuid,
        AccessScope.OfObject one => one.Object.Uuid,
        _ => null,
    };
}
