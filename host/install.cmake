# What `cmake --install` puts where, and the Debian package that `cpack -G DEB` makes of it.
include(GNUInstallDirs)

set(manual_folder ${CMAKE_BINARY_DIR}/manual)
file(MAKE_DIRECTORY ${manual_folder})
# The program knows its own commands and options.
set(manual_files)
foreach(what IN ITEMS man bash zsh fish)
  add_custom_command(OUTPUT ${manual_folder}/potentia.${what} DEPENDS potentia
    COMMAND ${CMAKE_COMMAND} -E env POTENTIA_DISABLE_CUDA=1 $<TARGET_FILE:potentia> generate ${what} > potentia.${what}
    WORKING_DIRECTORY ${manual_folder} VERBATIM)
  list(APPEND manual_files ${manual_folder}/potentia.${what})
endforeach()
add_custom_command(OUTPUT ${manual_folder}/potentia.1.gz DEPENDS ${manual_folder}/potentia.man
  COMMAND gzip -9nc potentia.man > potentia.1.gz WORKING_DIRECTORY ${manual_folder} VERBATIM)
add_custom_target(potentia_manual ALL DEPENDS ${manual_files} ${manual_folder}/potentia.1.gz)

set(share ${CMAKE_INSTALL_DATADIR})
install(TARGETS potentia RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/configs/ DESTINATION ${share}/potentia/configs)
install(FILES ${manual_folder}/potentia.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${manual_folder}/potentia.bash DESTINATION ${share}/bash-completion/completions RENAME potentia)
install(FILES ${manual_folder}/potentia.zsh DESTINATION ${share}/zsh/vendor-completions RENAME _potentia)
install(FILES ${manual_folder}/potentia.fish DESTINATION ${share}/fish/vendor_completions.d)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CITATION.cff DESTINATION ${share}/doc/potentia)
install(FILES ${PROJECT_SOURCE_DIR}/host/copyright DESTINATION ${share}/doc/potentia)

set(CPACK_PACKAGE_NAME potentia)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Potentia authors <potentia@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "export potential of every exporter, market and product of the world")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # the libraries that the program is linked to, in the versions of this system
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS fonts-dejavu-core)  # figures of reports have text
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Computes how much every country could export of every product to every market,
 how much of that is unrealised, and why: an unofficial replication of the
 International Trade Centre's export potential indicator, from the files that
 people download, on a laptop, a cluster or a GPU.")
include(CPack)
