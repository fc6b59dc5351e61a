using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>What <c>vm.edit</c> allowed takes several rights now: roles that hold it get them all, and allow what they did.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123040000_RightsToEditVms")]
    public partial class RightsToEditVms : Migration
    {
        private const string Before = "\"vm.edit\"";
        private const string Now = "\"vm.edit\",\"vm.edit.cpu\",\"vm.edit.memory\",\"vm.edit.boot\",\"vm.edit.devices\",\"vm.edit.advanced\"";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"UPDATE \"CustomRoles\" SET \"Rights\" = replace(\"Rights\", '{Before}', '{Now}')");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"UPDATE \"CustomRoles\" SET \"Rights\" = replace(\"Rights\", '{Now}', '{Before}')");
    }
}
