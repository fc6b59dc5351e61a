using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Groups and who is in them.</summary>
internal sealed class GroupMethods(GroupAdministration groups, AdministrationReader reader, Subjects subjects) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.Groups);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("group.getAll", s_administer, GetAllAsync) { Description = "returns all the existing group" },
        new("group.create", s_administer, async call => AccessPolicyFeed.Text(await groups.CreateAsync(call.Requester, call.Text("name"), "", CancellationToken.None)))
        {
            Description = "creates a new group",
            Parameters = [Text("name")],
        },
        new("group.set", s_administer, SetAsync) { Description = "changes the properties of an existing group", Parameters = [Text("id"), Text("name").Optional] },
        new("group.delete", s_administer, DeleteAsync) { Description = "deletes an existing group", Parameters = [Text("id")] },
        new("group.addUser", s_administer, call => ChangeAsync(call, groups.AddMemberAsync)) { Description = "adds a user to a group", Parameters = [Text("id"), Text("userId")] },
        new("group.removeUser", s_administer, call => ChangeAsync(call, groups.RemoveMemberAsync)) { Description = "removes a user from a group", Parameters = [Text("id"), Text("userId")] },
        new("group.setUsers", s_administer, SetUsersAsync) { Description = "sets the users belonging to a group", Parameters = [Text("id"), Texts("userIds")] },
    ];

    private async ValueTask<ApiResult> GetAllAsync(ApiCall call)
    {
        var all = new JsonArray();
        foreach (var group in await reader.GroupsAsync(call.Closed))
        {
            var members = await reader.MembersAsync(group.Id, call.Closed);
            var shape = new JsonObject
            {
                ["id"] = AccessPolicyFeed.Text(group.Id),
                ["name"] = group.Name,
                ["users"] = new JsonArray([.. members.Select(member => (JsonNode)AccessPolicyFeed.Text(member.Id))]),
            };
            if (group.Directory is { } directory)
                shape["provider"] = directory;
            all.Add(shape);
        }
        return all;
    }

    private async ValueTask<ApiResult> SetAsync(ApiCall call)
    {
        var group = await subjects.GroupAsync(call.Text("id"), call.Closed);
        if (call.TextOrNull("name") is { } name)
            await groups.EditAsync(call.Requester, group.Id, name, group.Description, CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        await groups.DeleteAsync(call.Requester, (await subjects.GroupAsync(call.Text("id"), call.Closed)).Id, CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> ChangeAsync(ApiCall call, Func<Core.Access.Requester, Guid, Guid, CancellationToken, Task> change)
    {
        var group = await subjects.GroupAsync(call.Text("id"), call.Closed);
        await change(call.Requester, group.Id, (await subjects.UserAsync(call.Text("userId"), call.Closed)).Id, CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> SetUsersAsync(ApiCall call)
    {
        var group = await subjects.GroupAsync(call.Text("id"), call.Closed);
        var wanted = new HashSet<Guid>();
        foreach (var id in call.Texts("userIds"))
            wanted.Add((await subjects.UserAsync(id, call.Closed)).Id);
        var present = (await reader.MembersAsync(group.Id, call.Closed)).Select(member => member.Id).ToHashSet();
        foreach (var id in wanted.Except(present))
            await groups.AddMemberAsync(call.Requester, group.Id, id, CancellationToken.None);
        foreach (var id in present.Except(wanted))
            await groups.RemoveMemberAsync(call.Requester, group.Id, id, CancellationToken.None);
        return ApiResult.Done;
    }
}
