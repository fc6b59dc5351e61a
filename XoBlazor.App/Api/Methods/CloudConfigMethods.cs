using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations.Vms;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Kept configurations for cloud-init. Who may make VMs somewhere reads them; for others there are none.</summary>
internal sealed class CloudConfigMethods(CloudConfigs configs, AccessEngine access) : IApiMethods
{
    private static readonly ApiPermission s_administer = ApiPermission.Of(AdministrationRights.CloudConfigs);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("cloudConfig.getAll", ApiPermission.SignedIn, call => AllAsync(call, isNetwork: false)) { Description = "Gets all existing cloud configs templates" },
        new("cloudConfig.getAllNetworkConfigs", ApiPermission.SignedIn, call => AllAsync(call, isNetwork: true)) { Description = "Gets all existing network cloud configs templates" },
        new("cloudConfig.create", s_administer, call => CreateAsync(call, isNetwork: false)) { Description = "Creates a new cloud config template", Parameters = [Text("name"), Text("template")] },
        new("cloudConfig.createNetworkConfig", s_administer, call => CreateAsync(call, isNetwork: true))
        {
            Description = "Creates a new network cloud config template",
            Parameters = [Text("name"), Text("template")],
        },
        new("cloudConfig.update", s_administer, UpdateAsync) { Description = "Modifies an existing cloud config template", Parameters = [Text("id"), Text("name").Optional, Text("template").Optional] },
        new("cloudConfig.delete", s_administer, DeleteAsync) { Description = "Deletes an existing cloud config template", Parameters = [Text("id")] },
    ];

    private static JsonObject Shape(CloudConfig config) => new()
    {
        ["id"] = config.Id.ToString("D"),
        ["name"] = config.Name,
        ["template"] = config.Template,
        ["type"] = config.IsNetwork ? "network" : null,
    };

    private async ValueTask<ApiResult> AllAsync(ApiCall call, bool isNetwork) => access.AllowsSomewhere(call.Requester.Actor, VmRights.Create)
        ? new JsonArray([.. (await configs.AllAsync(call.Closed)).Where(config => config.IsNetwork == isNetwork).Select(config => (JsonNode)Shape(config))])
        : new JsonArray();

    private async ValueTask<ApiResult> CreateAsync(ApiCall call, bool isNetwork) =>
        Shape(await configs.CreateAsync(call.Requester, call.Text("name"), call.Text("template"), isNetwork, CancellationToken.None));

    private async ValueTask<ApiResult> UpdateAsync(ApiCall call)
    {
        await configs.EditAsync(call.Requester, (await FindAsync(call)).Id, call.TextOrNull("name"), call.TextOrNull("template"), CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        await configs.DeleteAsync(call.Requester, (await FindAsync(call)).Id, CancellationToken.None);
        return ApiResult.Done;
    }

    private async Task<CloudConfig> FindAsync(ApiCall call) =>
        Guid.TryParse(call.Text("id"), out var id) && (await configs.AllAsync(call.Closed)).FirstOrDefault(config => config.Id == id) is { } found
            ? found : throw ApiException.NoSuchObject(call.Text("id"), "cloudConfig");
}
