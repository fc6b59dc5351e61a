using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>Which updates of the catalogue a host lacks, and in which order.</summary>
public sealed class CatalogueSelectionTests
{
    [Fact]
    public void Of_VersionsListMinusInstalled_InTheOrderOfTheCatalogue() =>
        Assert.Equal(["a", "c"], Missing([Update("a"), Update("b"), Update("c")], installed: ["b"]));

    [Fact]
    public void Of_Requirements_GoBefore_AlsoThoseOfRequirements() =>
        Assert.Equal(["c", "b", "a"], Missing([Update("a", requires: ["b"]), Update("b", requires: ["c"]), Update("c")]));

    [Fact]
    public void Of_RequirementThatIsInstalled_IsNotTakenAgain() =>
        Assert.Equal(["a"], Missing([Update("a", requires: ["b"]), Update("b")], installed: ["b"]));

    [Fact]
    public void Of_RequirementsInACircle_AreRefusedByName() =>
        Assert.Contains("a requires itself", Assert.Throws<PatchingException>(() => Missing([Update("a", requires: ["b"]), Update("b", requires: ["a"])])).Message, StringComparison.Ordinal);

    /// <summary>A catalogue that wants to have us run out of stack.</summary>
    [Fact]
    public void Of_RequirementsWithoutEnd_AreRefused() =>
        Assert.Contains("in a row", Assert.Throws<PatchingException>(() => Missing([.. Enumerable.Range(0, 20_000).Select(number => Update($"{number}", requires: [$"{number + 1}"]))])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_RequirementOfAnotherVersion_CannotBeInstalled()
    {
        var found = CatalogueSelection.Of(Catalogue(Update("a", requires: ["b"]), Update("b")), ["a"], new HashSet<string>(), isFree: false);

        Assert.Empty(found.Missing);
        Assert.Equal([new("a", "It requires b, which cannot be installed.")], found.Skipped);
    }

    /// <summary>As many as a catalogue may hold, each of which conflicts with what is not there.</summary>
    [Fact]
    public void Of_VeryManyUpdates_IsDoneAtOnce() =>
        Assert.Equal(20_000, Missing([.. Enumerable.Range(0, 20_000).Select(number => Update($"{number}", conflicts: ["x", $"no {number}"]))]).Count());

    [Fact]
    public void Of_ConflictWithInstalled_IsLeftOutWithTheReason()
    {
        var found = Found([Update("a", conflicts: ["b"]), Update("b"), Update("c", requires: ["a"])], installed: ["b"]);

        Assert.Empty(found.Missing);
        Assert.Equal([new("a", "It conflicts with b."), new("c", "It requires a, which cannot be installed.")], found.Skipped);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_ConflictBetweenTwo_TakesTheFirst_WhicheverSaysSo(bool firstSaysSo)
    {
        var found = Found([Update("a", conflicts: firstSaysSo ? ["b"] : []), Update("b", conflicts: firstSaysSo ? [] : ["a"])]);

        Assert.Equal(["a"], found.Missing.Select(update => update.Name));
        Assert.Equal([new("b", "It conflicts with a.")], found.Skipped);
    }

    [Fact]
    public void Of_PaidUpdates_AreForHostsWithALicence()
    {
        var paid = Update("a") with { IsPaid = true };

        Assert.Equal(["a"], Missing([paid]));
        Assert.Equal([new("a", "Only hosts with a licence may have it.")], CatalogueSelection.Of(Catalogue(paid), ["a"], new HashSet<string>(), isFree: true).Skipped);
    }

    [Theory]
    [InlineData("XS76", true)]
    [InlineData("CH82", true)]
    [InlineData("XS76E001", false)]
    public void Of_UpgradesOfTheProduct_AreNoUpdates(string name, bool isUpgrade) =>
        Assert.Equal(isUpgrade ? [] : [name], Missing([Update("a") with { Name = name }]));

    private static IEnumerable<string> Missing(MissingUpdate[] updates, string[]? installed = null) => Found(updates, installed).Missing.Select(update => update.Name);

    private static FoundUpdates Found(MissingUpdate[] updates, string[]? installed = null) => CatalogueSelection.Of(Catalogue(updates), [.. updates.Select(update => update.Id)], (installed ?? []).ToHashSet(), isFree: false);

    private static UpdateCatalogue Catalogue(params MissingUpdate[] updates) => new(
        updates.ToFrozenDictionary(update => update.Id),
        FrozenDictionary<string, ImmutableArray<string>>.Empty);

    private static MissingUpdate Update(string id, string[]? requires = null, string[]? conflicts = null) => new() { Id = id, Name = id, Requirements = [.. requires ?? []], Conflicts = [.. conflicts ?? []] };
}
