using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Methods;

/// <summary>Users and groups by their ids in parameters. Fails with <see cref="ApiException"/> for those that are not there.</summary>
internal sealed class Subjects(AdministrationReader reader)
{
    public async Task<UserLine> UserAsync(string id, CancellationToken token) =>
        Guid.TryParse(id, out var guid) && await reader.UserAsync(guid, token) is { } user ? user : throw ApiException.NoSuchObject(id, "user");

    public async Task<GroupLine> GroupAsync(string id, CancellationToken token) =>
        Guid.TryParse(id, out var guid) && await reader.GroupAsync(guid, token) is { } group ? group : throw ApiException.NoSuchObject(id, "group");

    /// <summary>A user, or else a group.</summary>
    public async Task<(SubjectKind Kind, Guid Id)> EitherAsync(string id, CancellationToken token) =>
        !Guid.TryParse(id, out var guid) ? throw ApiException.NoSuchObject(id, "user", "group")
        : await reader.UserAsync(guid, token) is not null ? (SubjectKind.User, guid)
        : await reader.GroupAsync(guid, token) is not null ? (SubjectKind.Group, guid)
        : throw ApiException.NoSuchObject(id, "user", "group");
}
