using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Access;

public sealed class RightsTests
{
    private static readonly RightCatalogue s_catalogue = Catalogue();

    [Fact]
    public void EveryRight_IsInAdministrator()
    {
        Assert.NotEmpty(s_catalogue.All);
        Assert.Equal(s_catalogue.All, s_catalogue.Of(Role.Administrator));
    }

    [Fact]
    public void EveryLevel_IsWhereItsRoleBegins()
    {
        var first = Enum.GetValues<RightLevel>().ToDictionary(l => l, l => Role.BuiltIn.First(r => r.Has(new("vm.any", "Any", l))));

        Assert.Equal([Role.Viewer, Role.Operator, Role.VmAdministrator, Role.Administrator], Enum.GetValues<RightLevel>().Select(l => first[l]));
    }

    [Fact]
    public void BuiltInRoles_GrowOneFromTheOther()
    {
        foreach (var (lower, higher) in Role.BuiltIn.Zip(Role.BuiltIn.Skip(1)))
            Assert.Subset(s_catalogue.Of(higher).ToHashSet(), s_catalogue.Of(lower).ToHashSet());
    }

    [Fact]
    public void Readings_AreForEveryRole() =>
        Assert.All(Right.Readings, right => Assert.Equal(RightLevel.Read, right.Level));

    [Fact]
    public void CustomRole_AlwaysViews() => Assert.True(Role.Custom("x", "X", []).Has(Right.View));

    [Fact]
    public void CustomRole_CannotTakeABuiltInId() => Assert.Throws<ArgumentException>(() => Role.Custom("viewer", "X", []));

    [Fact]
    public void Catalogue_RightDeclaredTwiceDifferently_StopsTheStart() => Assert.Throws<InvalidOperationException>(() =>
        new RightCatalogue([new("vm.start", "Start VMs", RightLevel.Operate), new("vm.start", "Start VMs", RightLevel.Read)]));

    [Theory]
    [InlineData("start")]
    [InlineData("vm.")]
    [InlineData("VM.start")]
    [InlineData("moon.land")]
    public void Catalogue_BadName_StopsTheStart(string name) =>
        Assert.Throws<InvalidOperationException>(() => new RightCatalogue([new(name, "Title", RightLevel.Read)]));

    [Theory]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("host:xen1")]
    [InlineData("ip:10.0.0.1")]
    [InlineData("|(tags:a power_state:running)")]
    [InlineData("tags:(")]
    [InlineData("!tags:a:b")]
    [InlineData("tags:prod name_label:/^web/")]
    [InlineData("other_config:owner:/a/")]
    public void Rule_ThatAsksForMoreThanTheVmsOwnNames_IsRefused(string filter)
    {
        Assert.False(AccessScope.OfVms.TryCreate(filter, null, out var scope, out var error));

        Assert.Null(scope);
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("tags:prod")]
    [InlineData("name_label:web-* !tags:test")]
    [InlineData("|(tags:a other_config:owner:ada)")]
    [InlineData("tags?")]
    public void Rule_OnTheVmsOwnNames_IsTaken(string filter) => Assert.True(AccessScope.OfVms.TryCreate(filter, "p", out _, out _));

    [Fact]
    public void Policies_ThatDifferForAGroup_DifferForItsMembersOnly()
    {
        var groups = new Dictionary<string, ImmutableArray<string>> { ["ada"] = ["g"], ["bob"] = [] };
        var before = new AccessPolicy([], [new("1", SubjectId.User("bob"), "viewer", new AccessScope.OfPool("p"))], groups);
        var after = new AccessPolicy([], [.. before.Grants, new("2", SubjectId.Group("g"), "viewer", new AccessScope.OfPool("p"))], groups);

        Assert.Equal(["ada"], after.UsersThatDiffer(before));
    }

    private static RightCatalogue Catalogue()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        return services.GetRequiredService<RightCatalogue>();
    }
}
