using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Cli.Client;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Verbs;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Commands, options, help and completion come from the catalogue of operations.</summary>
public sealed class CommandTreeTests
{
    [Fact]
    public void EveryOperation_IsACommandWithItsParameters()
    {
        using var home = new CliHome();
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        var commands = Tree(home).Subcommands.SelectMany(area => area.Subcommands.OfType<OperationCommand>().Select(verb => (Name: $"{area.Name} {verb.Name}", Verb: verb))).ToDictionary(one => one.Name, one => one.Verb);

        foreach (var operation in services.GetRequiredService<OperationCatalogue>().All.Where(one => one.Bytes == TransferDirection.None))
        {
            var command = commands[operation.Name.Replace('.', ' ').Replace('_', '-')];
            Assert.StartsWith(operation.Description, command.Description, StringComparison.Ordinal);
            Assert.Equal(operation.Parameters.Select(parameter => (parameter.Name, parameter.IsRequired)), command.Takes.Select(option => (option.Parameter.Name, option.Option.Required)));
            Assert.All(command.Takes.Where(option => option.Parameter.Kind == ParameterKind.Object), option => Assert.NotEmpty(option.Types));
            Assert.Equal(operation.Confirmation != Confirmation.None, command.Options.Any(option => option.Name == "--yes"));
        }
    }

    [Fact]
    public async Task Help_OfEveryCommand_CanBePrinted()
    {
        using var home = new CliHome();
        foreach (var area in Tree(home).Subcommands.Where(one => !one.Hidden))
            foreach (var arguments in area.Subcommands.Where(one => !one.Hidden).Select(one => (string[])[area.Name, one.Name]).Append([area.Name]))
            {
                var end = await home.RunAsync([.. arguments, "--help"]);
                Assert.True(end.Code == 0 && end.Out.Contains("Usage:", StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {end.All}");
            }
    }

    [Fact]
    public async Task Commands_OfAServerThatToldItsOperations_AreThose()
    {
        await using var server = new TestServer().OnAPort();
        using var home = new CliHome();
        await home.SignInAsync(server);
        var file = Assert.Single(Directory.GetFiles(home.Folder, "operations-*.json"));
        var told = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsArray();
        // What is called like something of the command line's own stays out of its way.
        foreach (var name in (string[])["vm.polish", "vm.list", "call.polish", "login.polish"])
            told.Add(new JsonObject
            {
                ["name"] = name,
                ["title"] = "Polish",
                ["progressive"] = "Polishing",
                ["description"] = "Makes it shine.",
                ["types"] = new JsonArray("VM"),
                ["parameters"] = new JsonArray(new JsonObject { ["name"] = "clothKind", ["title"] = "Cloth", ["kind"] = "choice", ["choices"] = new JsonArray("wool", "silk") }),
            });
        await File.WriteAllTextAsync(file, told.ToJsonString(), TestContext.Current.CancellationToken);

        var known = await home.RunAsync("complete", "--", "cli", "vm", "polish", "--cloth-kind", "");
        var elsewhere = await home.RunAsync("vm", "polish", "--help", "--url", "https://127.0.0.1:1");
        await File.WriteAllTextAsync(file, "broken", TestContext.Current.CancellationToken);
        var broken = await home.RunAsync("vm", "start", "--help");

        Assert.Equal(["silk\t", "wool\t"], known.Lines);
        Assert.DoesNotContain("--cloth-kind", elsewhere.Out, StringComparison.Ordinal);
        Assert.Equal(0, broken.Code);
    }

    [Theory]
    [InlineData("cli v", "vm", "vbd", "vif", "vdi")]
    [InlineData("cli vm sta", "start", "start-on")]
    [InlineData("cli vm start --dr", "--dry-run")]
    [InlineData("cli vm start --u", "--url")]
    [InlineData("cli vm create --hvm-boot-firmware ue", "uefi")]
    [InlineData("cli --url https://x vm li", "list")]
    [InlineData("cli watch --kind ho", "host")]
    [InlineData("cli completion z", "zsh")]
    public async Task Completion_OfCommandsOptionsAndChoices_OffersThem(string line, params string[] expected)
    {
        using var home = new CliHome();

        var end = await home.RunAsync(["complete", "--", .. line.Split(' ')]);

        Assert.True(end.Code == 0, end.All);
        Assert.Subset(end.Lines.Select(one => one.Split('\t')[0]).ToHashSet(), expected.ToHashSet());
        Assert.All(end.Lines, one => Assert.StartsWith(line.Split(' ')[^1], one, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Completion_OfObjects_OffersNamesThatCanBeTyped()
    {
        await using var server = new TestServer().OnAPort();
        using var pool = new SamplePool(server.Get<ObjectStore>(), vms: 4);
        pool.Apply(pool.Vm(1) with { NameLabel = "zebra one" }, pool.Vm(2) with { NameLabel = "zebra\u001b[2J" }, pool.Vm(3) with { NameLabel = "ape" });
        // Tab waits for nobody; here time stands still.
        using var home = new CliHome { Time = new FakeTimeProvider() };
        await home.SignInAsync(server);

        var targets = await home.RunAsync("complete", "--", "cli", "vm", "start", "ZEB");
        var option = await home.RunAsync("complete", "--", "cli", "vm", "start-on", "--host", "lyon-host-0");
        using var nobody = new CliHome();
        var outside = await nobody.RunAsync("complete", "--", "cli", "vm", "start", "");

        Assert.Equal(["zebra one"], targets.Lines.Select(line => line.Split('\t')[0]));
        Assert.Equal(["lyon-host-00", "lyon-host-01"], option.Lines.Select(line => line.Split('\t')[0]));
        Assert.Equal((0, "", ""), (outside.Code, outside.Out, outside.Error));
    }

    [Theory]
    [InlineData("bash", "bash", "", "source <(xo-blazor cli completion bash); COMP_WORDS=(xo-blazor cli vm clean-); COMP_CWORD=3; _xo_blazor; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p xo-blazor")]
    [InlineData("zsh", "zsh", "-f", "autoload -Uz compinit; compinit -u -d ./dump; source <(xo-blazor cli completion zsh); compadd() { print -l -- $values; }; words=(xo-blazor cli vm clean-); CURRENT=4; _xo_blazor; print -- $_comps[xo-blazor]")]
    [InlineData("fish", "fish", "--no-config", "xo-blazor cli completion fish | source; complete -C 'xo-blazor cli vm clean-'")]
    public async Task Script_ReallySourced_Completes(string shell, string package, string option, string script)
    {
        var program = Needs.Program(shell, package);
        using var folder = new TempFolder();
        var binary = folder.Write("xo-blazor", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll")}' \"$@\"\n");
        File.SetUnixFileMode(binary, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] quiet = option.Length > 0 ? [option] : [];

        await using var run = ServerProcess.LaunchFile("env", folder.Path, [$"PATH={folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", $"HOME={folder.Path}", $"XDG_CONFIG_HOME={folder.Path}", program, .. quiet, "-c", script]);
        var code = await run.EndAsync(Patience.Limit);

        Assert.True(code == 0, run.Output);
        Assert.Contains("clean-shutdown", run.Output, StringComparison.Ordinal);
        Assert.Contains("clean-reboot", run.Output, StringComparison.Ordinal);
        if (shell != "fish")
            Assert.Contains("_xo_blazor", run.Output, StringComparison.Ordinal);
    }

    private static ClientCommand Tree(CliHome home) => new(
        new(new(new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null }, _ => null, home.Folder, TimeProvider.System)), null, () => new RootCommand());
}
