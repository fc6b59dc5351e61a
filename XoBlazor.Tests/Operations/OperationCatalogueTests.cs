using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Operations;

public sealed class OperationCatalogueTests
{
    private static readonly OperationCatalogue s_catalogue =
        new ServiceCollection().AddOperations().BuildServiceProvider().GetRequiredService<OperationCatalogue>();

    [Fact]
    public void EveryOperation_HasWordsForPeopleAndARight()
    {
        Assert.All(s_catalogue.All, operation =>
        {
            Assert.Matches("^[a-z]+\\.[a-z_]+$", operation.Name);
            Assert.Matches("^[a-z]+\\.[a-z_.]+$", operation.Right.Name);
            Assert.NotEmpty(operation.Right.Title);
            Assert.NotEmpty(operation.Title);
            Assert.NotEmpty(operation.Progressive);
            Assert.EndsWith(".", operation.Description);
        });
    }

    [Fact]
    public void OperationThatIsConfirmed_SaysWhatItCosts()
    {
        Assert.All(s_catalogue.All.Where(o => o.Confirmation != Confirmation.None), o => Assert.NotNull(o.Consequence));
    }

    [Fact]
    public void Constructor_TwoOfOneName_Fails()
    {
        var start = s_catalogue.Find("vm.start")!;

        var error = Assert.Throws<InvalidOperationException>(() => new OperationCatalogue([start, start]));

        Assert.Contains("vm.start", error.Message);
    }
}
