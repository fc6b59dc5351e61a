using System.Text.Json.Nodes;

namespace XoBlazor.Tests.App.Api;

/// <summary>What the Terraform provider asks for, in its words: a VM from a template with cloud-init and two disks, changed, and taken away again.</summary>
internal sealed class TerraformCalls(RpcClient client)
{
    public const long GiB = 1L << 30;

    /// <summary>A template that came with the pool.</summary>
    public async Task<string> FindTemplateAsync() =>
        (string)(await ObjectsAsync(new JsonObject { ["type"] = "VM-template" })).First(one => one["isDefaultTemplate"]?.GetValue<bool>() == true)["id"]!;

    public async Task<string> FindStorageAsync(string pool) => (string)(await ObjectsAsync(new JsonObject { ["type"] = "SR", ["$poolId"] = pool }))
        .First(one => one["shared"]?.GetValue<bool>() == true && (string?)one["content_type"] != "iso")["id"]!;

    public async Task<IReadOnlyList<string>> FindNetworksAsync(string pool) =>
        [.. (await ObjectsAsync(new JsonObject { ["type"] = "network", ["$poolId"] = pool })).Select(one => (string)one["id"]!)];

    /// <summary>Returns the VM's id. It is named web, is started, and has 2 vCPUs, 2 GiB, a disk of 10 and one of 20 GiB.</summary>
    public async Task<string> CreateAsync(string template, string sr, string network)
    {
        return (string)(await client.ResultAsync("vm.create", AsTheSdkSends(new JsonObject
        {
            ["affinityHost"] = null,
            ["auto_poweron"] = false,
            ["bootAfterCreate"] = true,
            ["clone"] = true,
            ["coreOs"] = false,
            ["cpuCap"] = null,
            ["cpuWeight"] = null,
            ["CPUs"] = 2,
            ["cloudConfig"] = "#cloud-config\nhostname: web\n",
            ["networkConfig"] = "version: 2\n",
            ["destroyCloudConfigVdiAfterBoot"] = false,
            ["existingDisks"] = new JsonObject(),
            ["expNestedHvm"] = false,
            ["high_availability"] = "",
            ["memoryMax"] = 2 * GiB,
            ["name_description"] = "by Terraform",
            ["name_label"] = "web",
            ["resourceSet"] = null,
            ["secureBoot"] = false,
            ["startDelay"] = 0,
            ["tags"] = new JsonArray("terraform"),
            ["template"] = template,
            ["vga"] = "std",
            ["videoram"] = 8,
            ["VDIs"] = new JsonArray(Disk("root", 10), Disk("data", 20)),
            ["VIFs"] = new JsonArray(new JsonObject { ["network"] = network }),
        })))!;

        JsonObject Disk(string name, int size) =>
            new() { ["$SR"] = sr, ["SR"] = sr, ["name_label"] = name, ["name_description"] = "", ["size"] = size * GiB, ["type"] = "user", ["destroy"] = false };
    }

    /// <summary>Asks until the guest has reported an address, as the provider does.</summary>
    public async Task<string> WaitForAddressAsync(string vm, CancellationToken token)
    {
        while (true)
        {
            if ((await ObjectsAsync(new JsonObject { ["type"] = "VM", ["id"] = vm })).FirstOrDefault()?["mainIpAddress"] is { } address)
                return (string)address!;
            await Task.Delay(50, token);
        }
    }

    public Task StopAsync(string vm) => DoneAsync("vm.stop", new() { ["id"] = vm, ["force"] = true });

    public Task SetMemoryAsync(string vm, long bytes) =>
        DoneAsync("vm.set", new() { ["id"] = vm, ["memory"] = bytes, ["name_label"] = "web2", ["affinityHost"] = null, ["blockedOperations"] = new JsonObject { ["destroy"] = true } });

    public Task AllowDestroyAsync(string vm) => DoneAsync("vm.set", new() { ["id"] = vm, ["blockedOperations"] = new JsonObject { ["destroy"] = false } });

    /// <summary>Returns the device's id.</summary>
    public async Task<string> AddDeviceAsync(string vm, string network, string mac) =>
        (string)(await client.ResultAsync("vm.createInterface", new JsonObject { ["vm"] = vm, ["network"] = network, ["mac"] = mac }))!;

    /// <summary>Tags it prod, and no longer terraform.</summary>
    public async Task TagAsync(string vm)
    {
        await DoneAsync("tag.add", new() { ["id"] = vm, ["tag"] = "prod" });
        await DoneAsync("tag.remove", new() { ["id"] = vm, ["tag"] = "terraform" });
    }

    public Task DeleteAsync(string vm) => DoneAsync("vm.delete", new() { ["id"] = vm });

    public async Task<IReadOnlyList<JsonNode>> ObjectsAsync(JsonObject filter) =>
        [.. (await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = filter }))!.AsObject().Select(one => one.Value!)];

    private async Task DoneAsync(string method, JsonObject parameters) => Assert.True((await client.ResultAsync(method, parameters))!.GetValue<bool>(), method);

    /// <summary>The Go SDK leaves out what is null, but for what it means.</summary>
    private static JsonObject AsTheSdkSends(JsonObject given)
    {
        foreach (var name in given.Where(one => one.Value is null && one.Key is not ("cpuCap" or "cpuWeight")).Select(one => one.Key).ToList())
            given.Remove(name);
        return given;
    }
}
