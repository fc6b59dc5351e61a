using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class BondShape
{
    public static void Write(XoShape shape, Bond bond)
    {
        shape.Link("master"u8, bond.Master);
        shape.Word("mode"u8, bond.Mode);
    }
}
