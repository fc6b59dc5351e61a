using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Methods;

/// <summary>A user as Xen Orchestra shows one. Only what the policy in memory knows: nothing is looked up. Safe from any thread.</summary>
internal sealed class UserShape(AccessEngine access)
{
    /// <summary>Whoever is signed in.</summary>
    public ApiResult Of(Actor actor) => ApiResult.Of(writer => Write(writer, actor.Id, actor.Name, access.IsAdministrator(actor), null));

    /// <param name="provider">The directory that vouches for the person; null for an account kept here.</param>
    public void Write(Utf8JsonWriter writer, string id, string name, bool isAdministrator, string? provider)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("email", name);
        if (provider is not null)
        {
            writer.WriteStartObject("authProviders");
            writer.WriteStartObject(provider);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteStartArray("groups");
        foreach (var group in access.Policy.GroupsOfUsers.TryGetValue(id, out var groups) ? groups : [])
            writer.WriteStringValue(group);
        writer.WriteEndArray();
        writer.WriteString("permission", isAdministrator ? "admin" : "none");
        writer.WriteStartObject("preferences");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
